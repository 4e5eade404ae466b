"""Look at a refusal as RFC 9457 describes it."""

from typing import Any

MEMBERS = {"type", "title", "status", "detail", "errors"}


def problem(reply: Any, status: int) -> dict[str, Any]:
    """Make sure that a reply is a problem of this status; return it."""
    assert reply.status_code == status, (reply.status_code, reply.content[:500])
    assert reply["Content-Type"] == "application/problem+json"
    told = reply.json()
    assert told.keys() >= MEMBERS
    assert told["status"] == status
    assert told["title"]
    assert all(fault.keys() == {"pointer", "code", "detail"} for fault in told["errors"])
    return told


def pointers(reply: Any, status: int = 400) -> set[str]:
    """Return where a refusal points."""
    return {fault["pointer"] for fault in problem(reply, status)["errors"]}
