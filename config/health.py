"""Answer machines that ask whether this installation is up, ready, and keeping pace."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address
from time import monotonic

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from config.env import env
from config.schema import unapplied_migrations
from process.journal.queries import queue_state

PATIENCE = timedelta(minutes=5).total_seconds()
PROXY_HEADERS = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")

# Each check gives its verdicts by name: whether it is well, and a word on it.
Verdicts = dict[str, tuple[bool, str]]

started = monotonic()


@cache_control(no_store=True)
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; ask nobody else."""
    return JsonResponse({"status": "ok"})


@cache_control(no_store=True)
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether requests and deliveries would succeed: 200, or 503 with the reason."""
    verdicts = _look("database", check_database)
    verdicts |= _look("migrations", check_migrations)
    verdicts |= _look("queue", check_queue)
    good = all(ok for ok, _ in verdicts.values())
    body = {
        "status": "ok" if good else "failed",
        "checks": {name: {"ok": ok, "detail": detail} for name, (ok, detail) in verdicts.items()},
    }
    return JsonResponse(body, status=200 if good else 503)


@cache_control(no_store=True)
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the gauges in Prometheus's text format, to those who may see them."""
    if not _may_measure(request):
        raise Http404
    now = timezone.now()
    queue = queue_state()
    build = f"{{version={json.dumps(env.str('VERSION', default='dev'))}}}"
    lines = [
        *_gauge("teilhabe_build_info", "Which build this is.", 1, build),
        *_gauge("teilhabe_uptime_seconds", "Age of this process.", monotonic() - started),
        *_gauge("teilhabe_outbox_pending", "Deliveries still to do.", queue["pending"]),
        *_gauge("teilhabe_outbox_dead", "Deliveries given up.", queue["dead"]),
        *_gauge(
            "teilhabe_outbox_oldest_seconds",
            "How long the oldest open delivery is overdue.",
            _age(queue["oldest_due_at"], now),
        ),
        *_gauge(
            "teilhabe_sweep_age_seconds",
            "Time since the timetable last ran a task.",
            _age(queue["last_sweep_at"], now),
        ),
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4")


def check_database() -> Verdicts:
    """Ask the database anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"database": (True, connection.vendor)}


class MigrationCheck:
    """Compare migrations until none is missing; from then on trust that they stay."""

    complete = False

    def __call__(self) -> Verdicts:
        """Tell whether every migration was applied."""
        missing = [] if self.complete else unapplied_migrations()
        self.complete = not missing
        detail = f"{len(missing)} not applied" if missing else "all applied"
        return {"migrations": (self.complete, detail)}


check_migrations = MigrationCheck()


def check_queue() -> Verdicts:
    """Tell whether deliveries keep pace, and whether the timetable is still being read."""
    queue, now = queue_state(), timezone.now()
    late, last = _age(queue["oldest_due_at"], now), queue["last_sweep_at"]
    # The clockwork gets the same time to start as it gets to be late.
    just_started = monotonic() - started < PATIENCE
    ticking = last is not None and _age(last, now) < PATIENCE
    backlog = f"{queue['pending']} pending, {queue['dead']} dead, oldest {late:.0f} s overdue"
    return {
        "queue": (late < PATIENCE, backlog),
        "beat": (
            ticking or just_started,
            f"last tick {_age(last, now):.0f} s ago" if last else "no tick yet",
        ),
    }


def _look(name: str, check: Callable[[], Verdicts]) -> Verdicts:
    try:
        return check()
    except DatabaseError:
        return {name: (False, "the database gave no answer")}


def _age(then: datetime | None, now: datetime) -> float:
    """Return the seconds since `then`, 0 for never or for a time still to come."""
    return max(0.0, (now - then).total_seconds()) if then else 0.0


def _gauge(name: str, sense: str, value: float, labels: str = "") -> list[str]:
    return [f"# HELP {name} {sense}", f"# TYPE {name} gauge", f"{name}{labels} {round(value, 3)}"]


def _may_measure(request: HttpRequest) -> bool:
    """Let in the token's holder, and direct callers from inside; a proxied one is not inside."""
    token = env.str("METRICS_TOKEN", default="")
    given = request.headers.get("Authorization", "")
    if token and constant_time_compare(given, f"Bearer {token}"):
        return True
    if any(name in request.headers for name in PROXY_HEADERS):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        return False
