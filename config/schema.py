"""Compare the database with the migrations on disk, without importing them."""

import pkgutil
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def unapplied_migrations() -> list[str]:
    """Return the migrations that this database has not seen, as "app.name"; one query."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    on_disk = [
        (app.label, module.name)
        for app in apps.get_app_configs()
        for module in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
        if module.name[0] not in "_~"
    ]
    return [f"{label}.{name}" for label, name in on_disk if (label, name) not in applied]
