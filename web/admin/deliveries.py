"""News on its way: what did not arrive can be sent again."""

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from process.journal import actions as journal
from process.journal.models import Delivery
from process.journal.vocab import DeliveryState
from web.admin.kinds import ReadOnly


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """What is on its way, and what did not arrive."""

    list_display = ["event", "handler", "state", "attempts", "due_at", "done_at"]
    list_filter = ["state", "handler"]
    list_select_related = ["event"]
    actions = ["revive"]

    @admin.action(description=_("erneut zustellen"))
    def revive(self, request: HttpRequest, queryset: models.QuerySet[Delivery]) -> None:
        """Give the dead ones among the chosen deliveries another round of attempts."""
        now = timezone.now()
        dead = list(queryset.filter(state=DeliveryState.DEAD).values_list("pk", flat=True))
        for delivery_id in dead:
            journal.revive(delivery_id=delivery_id, now=now)
        told = ngettext(
            "%(count)d gescheiterte Zustellung wird erneut versucht.",
            "%(count)d gescheiterte Zustellungen werden erneut versucht.",
            len(dead),
        )
        messages.success(request, told % {"count": len(dead)})
