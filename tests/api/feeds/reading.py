"""Fetch feeds and look into them, line by line as they came."""

from typing import Any

from process.plan.models import Process


class Feed:
    """A feed that is fetched anew whenever it is looked at."""

    def __init__(self, client: Any, path: str) -> None:
        self.client, self.path = client, path

    def get(self, query: str = "", **headers: str) -> Any:
        """Fetch it; `Accept_Encoding="gzip"` and the like are headers."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(self.path + query, headers=named)

    def body(self, query: str = "") -> bytes:
        """Return its bytes."""
        reply = self.get(query)
        assert reply.status_code == 200, reply.content[:300]
        return reply.content

    def events(self, query: str = "") -> dict[str, dict[str, str]]:
        """Return its events by UID, each as name -> value, parameters left off."""
        return {event["UID"]: event for event in map(properties, blocks(self.body(query)))}

    def event(self, row: Any, query: str = "") -> dict[str, str]:
        """Return the event of a meeting."""
        return self.events(query)[row.uid]


def lines(body: bytes) -> list[str]:
    """Return the unfolded lines of a calendar."""
    return body.decode().replace("\r\n ", "").split("\r\n")


def blocks(body: bytes) -> list[list[str]]:
    """Return the lines of each event."""
    found: list[list[str]] = []
    for line in lines(body):
        if line == "BEGIN:VEVENT":
            found.append([])
        elif found:
            found[-1].append(line)
    return [block[: block.index("END:VEVENT")] for block in found]


def properties(block: list[str]) -> dict[str, str]:
    """Return name -> value; a reminder inside is left off."""
    own = block[: block.index("BEGIN:VALARM")] if "BEGIN:VALARM" in block else block
    pairs = (line.partition(":") for line in own)
    return {name.partition(";")[0]: value for name, _colon, value in pairs}


def paths(process: Process, group: Any) -> list[str]:
    """Return the addresses of the three public feeds."""
    field = group.fields_of_action.get()
    start = f"/calendar/{process.slug}"
    return [f"{start}.ics", f"{start}/groups/{group.slug}.ics", f"{start}/fields/{field.slug}.ics"]
