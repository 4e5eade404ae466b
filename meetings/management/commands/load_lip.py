"""Load the LIP 2.0, on request with invented people, dates and accounts to try everything out."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from meetings.seed import demo as demo_meetings
from meetings.seed import kick_off
from process.seed import accounts, lip
from process.seed import demo as demo_process


class Command(BaseCommand):
    """Load what the city's page says about the LIP 2.0; safe to run twice."""

    help = "Load the LIP 2.0 as the city published it; what is there already is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the demo."""
        parser.add_argument(
            "--demo",
            action="store_true",
            help="add invented people, meetings and contributions, and accounts to sign in with; "
            "their passwords go to demo-accounts.json in DATA_DIR",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything in one transaction; the file of the accounts is written after it."""
        now = timezone.now()
        file = settings.DATA_DIR / accounts.FILE_NAME
        issued = None
        with transaction.atomic():
            process = lip.load(now=now)
            kick_off.load(process, now=now)
            if options["demo"]:
                demo_process.load(process, now=now)
                demo_meetings.load(process, now=now)
                if not accounts.complete(file):
                    issued = accounts.issue(process, now=now)
        if issued is not None:
            accounts.write(file, issued)
            self.stdout.write(f"Demo accounts: {file}")
        self.stdout.write(f"Loaded: {process.title} (/{process.slug}/)")
