"""Run a process: found, publish, rename, start, suspend, resume, conclude."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from process.base.access import require
from process.base.errors import Invalid
from process.base.revisions import differences, expect, revise
from process.journal.actions import announce, record
from process.plan.access import Act
from process.plan.models import Coordinator, Mandate, Process, ProcessSlug
from process.plan.states import PROCESS

NEWS = {"start": "process.started", "resume": "process.resumed", "conclude": "process.concluded"}
# Words that stand first in an address for something else; a process cannot be called so.
RESERVED_SLUGS = frozenset(
    "accounts admin api calendar de desk en health metrics oparl privacy r search static".split()  # noqa: SIM905
)


@transaction.atomic
def found(*, slug: str, by: Any, now: datetime, **values: Any) -> Process:
    """Set up a process; nobody but its coordinators sees it until it is published."""
    process = Process(slug=slug, **values)
    require(by, Act.FOUND, process)
    _claim_slug(process)
    process.save()
    ProcessSlug.objects.create(slug=slug, process=process)
    record("process.found", process, by=by, now=now, after={"slug": slug, "title": process.title})
    announce("process.founded", process, by=by, now=now)
    return process


@transaction.atomic
def mandate(
    *, process_id: Any, position: int, reference: str, body: str, by: Any, now: datetime
) -> Mandate:
    """Enter a resolution that orders the revision."""
    process = Process.objects.select_for_update().get(pk=process_id)
    require(by, Act.EDIT, process)
    entered = Mandate.objects.create(
        process=process, position=position, reference=reference, body=body
    )
    record("process.mandate", process, by=by, now=now, after={"reference": reference})
    return entered


@transaction.atomic
def appoint(*, process_id: Any, user_id: Any, by: Any, now: datetime) -> Coordinator:
    """Make somebody a coordinator of the process; who is one already stays so."""
    process = Process.objects.select_for_update().get(pk=process_id)
    require(by, Act.APPOINT, process)
    coordinator, made = Coordinator.objects.get_or_create(
        process=process, user_id=user_id, defaults={"since": now}
    )
    if made:
        record("process.appoint", process, by=by, now=now, after={"coordinator": user_id})
    return coordinator


@transaction.atomic
def publish(*, process_id: Any, by: Any, now: datetime) -> Process:
    """Show the process to everybody; a published one stays so."""
    process = Process.objects.select_for_update().get(pk=process_id)
    require(by, Act.PUBLISH, process)
    if process.published_at is None:
        process.published_at = now
        revise(process, ["published_at"], now=now)
        record("process.publish", process, by=by, now=now)
        announce("process.published", process, by=by, now=now)
    return process


@transaction.atomic
def edit(*, process_id: Any, rev: int | None, by: Any, now: datetime, **changes: Any) -> Process:
    """Correct what a process says about itself; its name is changed by `rename`."""
    process = Process.objects.select_for_update().get(pk=process_id)
    require(by, Act.EDIT, process)
    expect(process, rev)
    before, after = differences(process, changes)
    if after:
        revise(process, list(after), now=now)
        record("process.edit", process, by=by, now=now, before=before, after=after)
        announce("process.edited", process, by=by, now=now, changed=list(after))
    return process


@transaction.atomic
def rename(
    *,
    process_id: Any,
    slug: str,
    title: str,
    short_title: str,
    rev: int | None = None,
    by: Any,
    now: datetime,
) -> Process:
    """Give the process a new name; links and subscriptions under the old one keep working."""
    process = Process.objects.select_for_update().get(pk=process_id)
    require(by, Act.RENAME, process)
    expect(process, rev)
    before, after = differences(process, {"slug": slug, "title": title, "short_title": short_title})
    if not after:
        return process
    if "slug" in after:
        _claim_slug(process)
        ProcessSlug.objects.get_or_create(slug=slug, defaults={"process": process})
    revise(process, list(after), now=now)
    record("process.rename", process, by=by, now=now, before=before, after=after)
    announce("process.renamed", process, by=by, now=now)
    return process


@transaction.atomic
def start(*, process_id: Any, rev: int | None = None, by: Any, now: datetime) -> Process:
    """Let a prepared process run."""
    return _advance(process_id, "start", rev, by=by, now=now)


@transaction.atomic
def suspend(
    *,
    process_id: Any,
    reason: str,
    postpone_meetings: bool,
    rev: int | None = None,
    by: Any,
    now: datetime,
) -> Process:
    """Halt the process; on request all its future meetings are postponed in the same deed."""
    process = Process.objects.select_for_update().get(pk=process_id)
    require(by, Act.SUSPEND, process)
    expect(process, rev)
    before = PROCESS.advance(process, "suspend")
    process.suspended_reason, process.suspended_at = reason, now
    revise(process, ["status", "suspended_reason", "suspended_at"], now=now)
    record(
        "process.suspend", process, by=by, now=now,
        before={"status": before}, after={"status": process.status, "reason": reason},
    )  # fmt: skip
    announce(
        "process.suspended", process, by=by, now=now,
        reason=reason, postpone_meetings=postpone_meetings,
    )  # fmt: skip
    return process


@transaction.atomic
def resume(*, process_id: Any, rev: int | None = None, by: Any, now: datetime) -> Process:
    """Let a suspended process run again; its postponed meetings wait for new dates."""
    values = {"suspended_reason": "", "suspended_at": None}
    return _advance(process_id, "resume", rev, by=by, now=now, **values)


@transaction.atomic
def conclude(*, process_id: Any, rev: int | None = None, by: Any, now: datetime) -> Process:
    """End the process; it stays readable."""
    return _advance(process_id, "conclude", rev, by=by, now=now)


def _advance(
    process_id: Any, verb: str, rev: int | None, *, by: Any, now: datetime, **values: Any
) -> Process:
    process = Process.objects.select_for_update().get(pk=process_id)
    require(by, f"process.{verb}", process)
    expect(process, rev)
    before = PROCESS.advance(process, verb)
    for name, value in values.items():
        setattr(process, name, value)
    revise(process, ["status", *values], now=now)
    after = {"status": process.status}
    record(f"process.{verb}", process, by=by, now=now, before={"status": before}, after=after)
    announce(NEWS[verb], process, by=by, now=now)
    return process


def _claim_slug(process: Process) -> None:
    """Refuse a slug that is reserved, or that was ever another process's."""
    taken = ProcessSlug.objects.filter(slug=process.slug).exclude(process=process).exists()
    if taken or process.slug in RESERVED_SLUGS:
        raise Invalid.at("/slug", _("Dieser Kurzname ist vergeben."), "taken")
