"""Secrets handed out: random ones are stored hashed, signed ones are not stored at all."""

import hashlib
import secrets
from typing import Any

from django.core import signing

SECRET_BYTES = 24


def mint() -> tuple[str, str]:
    """Return a new secret of 192 random bits, to be shown once, and its digest, to be stored."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return secret, digest(secret)


def digest(secret: str) -> str:
    """Return the SHA-256 of a secret in hex.

    A plain hash suffices: the secret has 192 random bits, so there is nothing to guess.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def sign(purpose: str, payload: Any) -> str:
    """Return a token that proves that we issued this payload (JSON values) for this purpose."""
    return signing.dumps(payload, salt=f"teilhabe.{purpose}", compress=True)


def unsign(purpose: str, token: str, *, max_age: int | None = None) -> Any | None:
    """Return the payload of a token signed for this purpose, or None; `max_age` in seconds."""
    try:
        return signing.loads(token, salt=f"teilhabe.{purpose}", max_age=max_age)
    except signing.BadSignature:
        return None
