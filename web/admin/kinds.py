"""Kinds of pages of the back office."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone


class ReadOnly(admin.ModelAdmin):
    """A model to look at."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to add."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse to delete."""
        return False


class ByAction(ReadOnly):
    """A model to look at, of which new ones may be entered; an action does it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators enter a new one."""
        return bool(request.user.is_superuser)

    def save_model(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: Any
    ) -> None:
        """Enter the new one by its action."""
        obj.pk = self.enter(form.cleaned_data, by=request.user, now=timezone.now()).pk

    def enter(self, given: dict[str, Any], *, by: Any, now: datetime) -> Any:
        """Call the action."""
        raise NotImplementedError
