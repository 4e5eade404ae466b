"""Serve everything from one command: prepare the database, then keep web, worker and beat alive.

Run it as `python -m config.supervisor`.
"""

import gc
import json
import os
import signal
import socket
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from config.celery import app as celery
from config.children import die_with, keep
from config.env import env
from config.schema import unapplied_migrations

QUIETLY = ["--quiet", "--skip-checks"]
WORKER = [
    *QUIETLY,
    "worker",
    "--pool=threads",
    "--concurrency=2",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
]
BEAT = [*QUIETLY, "beat", "--pidfile="]


class Web(BaseApplication):
    """Run gunicorn on a socket that is open already."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        super().__init__()

    def load_config(self) -> None:
        """Set one process with eight threads."""
        for key, value in {
            "bind": f"fd://{self.listener.fileno()}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": 8,
            "timeout": 60,
            "graceful_timeout": 5,
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "teilhabe",
            "post_fork": lambda arbiter, _worker: die_with(arbiter.pid),
        }.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """Return the application."""
        return get_wsgi_application()


def main() -> None:
    """Serve until told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # Loading makes no garbage; looking for it costs a tenth of the start.
    gc.disable()
    if "MAKELEVEL" in os.environ:
        die_with(os.getppid(), signal.SIGTERM)
    try:
        listener = listen(env.str("HOST", default="127.0.0.1"), env.int("PORT", default=8000))
        django.setup()
        prepare()
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration: {error}")
    except KeyboardInterrupt:
        sys.exit(0)
    say_where(settings.DATA_DIR / "demo-accounts.json")
    # The children share what is loaded here: they start at once and cost little memory.
    import_module(settings.ROOT_URLCONF)
    connections.close_all()
    gc.freeze()
    gc.enable()
    keep(
        {
            "web": lambda: Web(listener).run(),
            "worker": partial(celery.worker_main, WORKER),
            "beat": partial(celery.start, BEAT),
        }
    )


def listen(host: str, port: int) -> socket.socket:
    """Open the door before anything else; while web starts anew, callers wait, unrefused."""
    try:
        return socket.create_server((host, port), backlog=512, reuse_port=False)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise ImproperlyConfigured(
            f"{host}:{port} is not free ({reason}); set PORT to another number"
        ) from error


def prepare() -> None:
    """Bring the database up to date, and put the demo into an empty one."""
    # WhiteNoise serves from the sources here, but complains when this folder is missing.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if unapplied_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    if not apps.get_model("process", "Process").objects.exists():
        call_command("load_lip", demo=True)


def say_where(accounts: Path) -> None:
    """Print the address, and the demo accounts if there are any."""
    lines = [f"Teilhabe: {settings.SITE_URL}/"]
    if accounts.exists():
        lines.append(f"Demo accounts ({accounts}):")
        lines += [
            f"  {role:<14} {account['email']:<36} {account['password']}"
            for role, account in json.loads(accounts.read_text()).items()
            if account
        ]
    sys.stdout.write("\n".join([*lines, "Stop with Ctrl-C.", ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    main()
