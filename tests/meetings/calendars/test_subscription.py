"""A real subscription from a terminal: vdirsyncer fetches our feed over HTTP, khal shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from meetings.calendars import ical
from tests.meetings.calendars.examples import BERLIN, HEAD, meeting
from tests.parsers import subscribe
from tests.parsers.readers import require


class Quiet(SimpleHTTPRequestHandler):
    """Serve files and keep silent."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives its address."""
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


PLACE = "Raum 3, Rathausplatz 1"
CANCELLED = "Abgesagt: Bildung; \N{PARTY POPPER} " + "ä" * 60
AROUND = (
    f"2026-03-18|17:00|19:00|CANCELLED |{CANCELLED}|{PLACE}",
    "2026-03-28|||CONFIRMED |Frist|",
    f"2026-04-01|17:00|19:00|CONFIRMED |Woche 2|{PLACE}",
)


def publish(folder: Path, first_week: ical.Event) -> None:
    rows = [
        first_week,
        meeting(2, starts_at=datetime(2026, 4, 1, 17, tzinfo=BERLIN), title="Woche 2"),
        meeting(3, status="CANCELLED", title=CANCELLED),
        meeting(4, starts_at=None, all_day_on=date(2026, 3, 28), title="Frist", place=""),
    ]
    data = ical.calendar(HEAD, map(ical.event, rows), ["Europe/Berlin"], alarm=30)
    (folder / "feed.ics").write_bytes(data)


def stored(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("calendar/*.ics")}


def test_khal_shows_the_feed_and_only_changes_what_changed(tmp_path):
    require(subscribe.missing())
    site, client = tmp_path / "site", tmp_path / "client"
    site.mkdir()
    days = {"first": date(2026, 3, 1), "last": date(2026, 4, 1)}
    planned = meeting(1, starts_at=datetime(2026, 3, 25, 17, tzinfo=BERLIN), title="Woche 1")
    starts_at = datetime(2026, 3, 26, 18, 30, tzinfo=BERLIN)
    moved = replace(planned, sequence=1, starts_at=starts_at, ends_at=starts_at.replace(hour=20))

    with served(site) as address:
        publish(site, planned)
        shown = subscribe.subscribe(f"{address}/feed.ics", client, **days)
        week_1 = f"2026-03-25|17:00|19:00|CONFIRMED |Woche 1|{PLACE}"
        assert sorted(shown) == sorted([*AROUND, week_1])
        before = stored(client)
        assert len(before) == 4

        subscribe.subscribe(f"{address}/feed.ics", client, **days)
        assert stored(client) == before

        publish(site, moved)
        shown = subscribe.subscribe(f"{address}/feed.ics", client, **days)
        week_1 = f"2026-03-26|18:30|20:30|CONFIRMED |Woche 1|{PLACE}"
        assert sorted(shown) == sorted([*AROUND, week_1])
        assert len(stored(client).items() - before.items()) == 1
