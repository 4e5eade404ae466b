"""What can be asked about people."""

from datetime import datetime
from typing import Any

from process.base.tokens import digest
from process.people.models import ApiToken, Person, PersonQuerySet


def people_for(user: Any) -> PersonQuerySet:
    """List the people whom the user may see."""
    return Person.objects.visible_to(user)


def token_for(secret: str, *, now: datetime) -> ApiToken | None:
    """Find the valid token of an active user behind a secret; one query."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest(secret), revoked_at=None, user__is_active=True)
        .first()
    )
    if token is None or (token.expires_at and token.expires_at <= now):
        return None
    return token
