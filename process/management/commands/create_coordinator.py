"""Make somebody a coordinator of a process."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from process.base.access import SYSTEM
from process.people.actions import open_account
from process.people.models import User
from process.plan.actions import appoint
from process.plan.models import Process


class Command(BaseCommand):
    """Open an account if need be, and appoint it."""

    help = "Make the owner of an e-mail address a coordinator; a new account gets a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the address and the process."""
        parser.add_argument("email")
        parser.add_argument("--process", required=True, metavar="SLUG")
        parser.add_argument("--name", default="", help="name of a new account")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint, and print a new account's password, which is shown only this once."""
        now, email = timezone.now(), options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email}: not an e-mail address") from error
        process = Process.objects.filter(slugs__slug=options["process"]).first()
        if process is None:
            raise CommandError(f"{options['process']}: no such process")
        user = User.objects.filter(email=email).first()
        if user is None:
            password = secrets.token_urlsafe(15)
            user = open_account(
                email=email, password=password, name=options["name"], by=SYSTEM, now=now
            )
            self.stdout.write(f"Password of {email}: {password}")
        appoint(process_id=process.pk, user_id=user.pk, by=SYSTEM, now=now)
        self.stdout.write(f"{email} coordinates {process.title}")
