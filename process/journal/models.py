"""What was done, and the news that goes out because of it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from process.journal.vocab import DeliveryState


class AuditEntry(models.Model):
    """Who did what to what, when, and what it changed; never edited."""

    act = models.CharField(max_length=60)
    noun = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_system = models.BooleanField(default=False)
    at = models.DateTimeField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("Protokolleintrag")
        verbose_name_plural = _("Protokolleinträge")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["noun", "object_id", "-at"], name="audit_of_object"),
            models.Index(fields=["-at", "-id"], name="audit_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.object_id}"


class OutboxEvent(models.Model):
    """News that was announced in the transaction of the deed."""

    news = models.CharField(max_length=60)
    noun = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Nachricht im Ausgang")
        verbose_name_plural = _("Nachrichten im Ausgang")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.news} {self.object_id}"


class Delivery(models.Model):
    """One piece of news for one handler; done exactly once, or visibly dead."""

    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=120)
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("Zustellung")
        verbose_name_plural = _("Zustellungen")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once_per_handler"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="delivery_pending",
                condition=models.Q(state=DeliveryState.PENDING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.handler}"


class Tick(models.Model):
    """When a clockwork last ran, so that a stopped one is noticed."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Taktgeber")
        verbose_name_plural = _("Taktgeber")

    def __str__(self) -> str:
        return self.name
