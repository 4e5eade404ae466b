"""Logins."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from process.journal import actions as journal
from process.people import actions as people
from process.people.models import User


class Lowercase:
    """A form that knows an address whatever its case."""

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        """Return the address as it is stored."""
        return str(self.cleaned_data["email"]).lower()


class NewAccount(Lowercase, BaseUserCreationForm):
    """The form to open a login."""


class KnownAccount(Lowercase, UserChangeForm):
    """The form to correct a login."""


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Logins: open, name, lock, give a new password; never delete, for deeds name their actor."""

    form, add_form = KnownAccount, NewAccount
    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Angaben"), {"fields": ["name", "language"]}),
        (_("Zugang"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Zeiten"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2"]})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to delete."""
        return False

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm, change: Any
    ) -> None:
        """Open the account by its action, or save the corrections."""
        if change:
            super().save_model(request, obj, form, change)
            return
        given = form.cleaned_data
        opened = people.open_account(
            email=given["email"],
            password=given["password1"],
            name=given["name"],
            by=request.user,
            now=timezone.now(),
        )
        obj.pk = opened.pk

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        """Note a correction or a new password in our own journal too."""
        after = {"changes": message}
        journal.record("user.correct", obj, by=request.user, now=timezone.now(), after=after)
        return super().log_change(request, obj, message)
