"""Documents that the code draws of itself; a stale one fails the build."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError


class DrawingCommand(BaseCommand):
    """Write one document, or with --check say that it is stale."""

    requires_system_checks: list[str] = []
    document = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let a caller only look."""
        parser.add_argument("--check", action="store_true", help="fail if it is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, or compare."""
        path = Path(settings.BASE_DIR) / "docs" / self.document
        drawn = self.draw()
        if not options["check"]:
            path.write_text(drawn)
        elif not path.exists() or path.read_text() != drawn:
            raise CommandError(f"docs/{self.document} is stale: run make docs")

    def draw(self) -> str:
        """Return the document."""
        raise NotImplementedError
