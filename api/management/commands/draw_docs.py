"""Draw every document that the code draws of itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, call_command

DRAWINGS = ("draw_states", "draw_access", "draw_openapi")


class Command(BaseCommand):
    """Draw docs/states.md, docs/access.md and docs/openapi.yaml."""

    help = "Draw the documents that the code draws of itself."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let a caller only look."""
        parser.add_argument("--check", action="store_true", help="fail if one is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw them, or compare them."""
        for name in DRAWINGS:
            call_command(name, check=options["check"])
