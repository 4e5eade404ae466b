"""Replies kept for clients that ask twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptReply(models.Model):
    """The answer to a POST with an Idempotency-Key, kept for 24 hours."""

    actor = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("Aufbewahrte Antwort")
        verbose_name_plural = _("Aufbewahrte Antworten")
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="reply_once_a_key")]

    def __str__(self) -> str:
        return self.key
