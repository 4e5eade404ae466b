"""A POST that is sent twice is done once: the reply is kept with the deed."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import KeyReused
from api.formats import dumps
from api.models import KeptReply
from process.base.errors import Invalid

KEPT = timedelta(hours=24)
HEADERS = ("ETag", "Location")


def once(request: Request, key: str, act: Callable[[], Response]) -> Any:
    """Act, or give the reply that the same request got within 24 hours.

    The key is claimed in the transaction of the deed: two at once wait for each other, and a
    refused deed leaves the key free.
    """
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise Invalid.at("/header/Idempotency-Key", _("1 bis 255 druckbare Zeichen."))
    now = timezone.now()
    actor = str(request.user.pk or request.META.get("REMOTE_ADDR", ""))
    asked = hashlib.sha256(dumps([request.method, request.path, request.data])).hexdigest()
    KeptReply.objects.filter(actor=actor, key=key, kept_at__lt=now - KEPT).delete()
    claimed = False
    try:
        with transaction.atomic():
            row = KeptReply.objects.create(actor=actor, key=key, fingerprint=asked, kept_at=now)
            claimed = True
            reply = act()
            row.status, row.body = reply.status_code, dumps(reply.data)
            row.headers = {name: reply[name] for name in HEADERS if name in reply}
            row.save()
            return reply
    except IntegrityError:
        if claimed:
            raise
        return _again(KeptReply.objects.get(actor=actor, key=key), asked)


def prune(*, now: Any) -> None:
    """Forget replies that are no longer honoured."""
    KeptReply.objects.filter(kept_at__lt=now - KEPT).delete()


def _again(row: KeptReply, asked: str) -> Response:
    if row.fingerprint != asked:
        raise KeyReused(_("Dieser Schlüssel gehört zu einer anderen Anfrage."))

    data = orjson.loads(bytes(row.body)) if bytes(row.body) not in {b"", b"null"} else None
    return Response(data, row.status, headers=row.headers)
