"""Secrets handed out."""

import re

import time_machine

from process.base.tokens import digest, mint, sign, unsign


def test_a_minted_secret_is_random_and_stored_as_digest_only() -> None:
    secret, stored = mint()

    assert re.fullmatch(r"[\w-]{32}", secret)
    assert stored == digest(secret)
    assert secret not in stored
    assert len({mint()[0] for _ in range(100)}) == 100


def test_a_signed_token_gives_back_its_payload() -> None:
    assert unsign("rsvp", sign("rsvp", {"id": 1})) == {"id": 1}


def test_a_token_is_good_for_its_purpose_only() -> None:
    assert unsign("feed", sign("rsvp", {"id": 1})) is None


def test_a_token_that_was_changed_is_none() -> None:
    token = sign("rsvp", {"id": 1})

    for forged in ("", "x", token[:-1], f"{token}x", token[::-1], "\x00", "é"):
        assert unsign("rsvp", forged) is None


def test_a_token_grows_old() -> None:
    with time_machine.travel("2026-03-02T09:00Z", tick=False):
        token = sign("rsvp", 1)
    with time_machine.travel("2026-03-02T09:59Z", tick=False):
        assert unsign("rsvp", token, max_age=3600) == 1
    with time_machine.travel("2026-03-02T10:01Z", tick=False):
        assert unsign("rsvp", token, max_age=3600) is None
        assert unsign("rsvp", token) == 1
