"""Who calls, and every deed with the words it takes."""

from typing import Any

from tests.api.world import World
from tests.factories import people, schedule

ROLES = (
    "anonymous", "stranger", "member", "other_member", "secretary", "coordinator", "administrator",
)  # fmt: skip

DEEDS: dict[str, tuple[str, ...]] = {
    "processes": ("rename", "start", "suspend", "resume", "conclude"),
    "phases": ("open", "close"),
    "fields-of-action": ("reorder",),
    "seats": ("fill", "vacate"),
    "series": ("split", "end"),
    "meetings": (
        "plan", "move", "postpone", "cancel", "begin", "hold", "close", "publish", "withdraw",
    ),
}  # fmt: skip


def who(world: World, role: str) -> Any:
    """Return the login of a role; nobody for "anonymous"."""
    if role == "administrator":
        return people.user(administrator=True)
    return None if role == "anonymous" else getattr(world, role)


def words(world: World, noun: str, verb: str) -> dict[str, Any] | None:
    """Return what a deed takes."""
    known: dict[tuple[str, str], Any] = {
        ("processes", "rename"): {"slug": "neu", "title": "Neu", "short_title": "Neu"},
        ("processes", "suspend"): {"reason": "x"},
        ("fields-of-action", "reorder"): {"position": 1},
        ("seats", "vacate"): {"until_on": "2026-12-31"},
        ("series", "end"): {"reason": "x"},
        ("meetings", "move"): {"starts_at": "2026-06-01T17:00"},
        ("meetings", "postpone"): {"reason": "x"},
        ("meetings", "cancel"): {"reason": "x"},
    }
    if (noun, verb) == ("seats", "fill"):
        return {"person": str(people.person().pk)}
    if (noun, verb) == ("series", "split"):
        third = world.rows["series"].meetings.order_by("starts_at")[2]
        return {"meeting": str(third.pk), "title": "Neu"}
    return known.get((noun, verb))


def own(world: World) -> World:
    """Let the world's meeting and seat be the group's own."""
    world.rows["meetings"] = schedule.meeting(world.group)
    return world
