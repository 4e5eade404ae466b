"""The feeds as the software of other people reads them."""

from datetime import UTC, date, datetime

import pytest

from meetings.schedule import actions
from process.base.access import SYSTEM
from process.plan import phase_actions
from tests.api.feeds.reading import Feed, paths
from tests.factories import NOW, schedule
from tests.parsers.readers import READERS, require
from tests.parsers.subscribe import missing, subscribe


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_three_parsers_read_the_same(client, process, group, meeting, reader):
    require(reader.missing())
    off = schedule.meeting(
        group, title="Komma, Semikolon; und \\ Strich", join_url="https://x.example/ü"
    )
    actions.cancel(meeting_id=off.pk, reason="Krank", by=SYSTEM, now=NOW)
    said = {"title": "Frist", "falls_on": date(2026, 5, 4), "kind": "deadline"}
    phase_actions.set_milestone(process_id=process.pk, **said, by=SYSTEM, now=NOW)
    entries = {
        entry["uid"]: entry for entry in reader.read(Feed(client, paths(process, group)[0]).body())
    }

    assert len(entries) == 3
    assert entries.pop(meeting.uid) == {
        "uid": meeting.uid,
        "start": datetime(2026, 4, 15, 15, tzinfo=UTC),
        "end": datetime(2026, 4, 15, 17, tzinfo=UTC),
        "summary": "Sitzung",
        "status": "CONFIRMED",
        "sequence": 0,
    }
    called_off = entries.pop(off.uid)
    assert called_off["summary"] == "Abgesagt: Komma, Semikolon; und \\ Strich"
    assert (called_off["status"], called_off["sequence"]) == ("CANCELLED", 1)
    (mark,) = entries.values()
    assert (mark["start"], mark["end"]) == (date(2026, 5, 4), date(2026, 5, 5))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_every_kind_of_feed_is_read(client, process, group, meeting, reader):
    require(reader.missing())
    for path in [*paths(process, group), f"/calendar/meetings/{meeting.pk}.ics"]:
        for query in ("", "?alarm=15", "?cancelled=hide", "?past=0"):
            entries = reader.read(Feed(client, path).body(query))
            assert [entry["uid"] for entry in entries] == [meeting.uid]


@pytest.mark.django_db(transaction=True)
def test_a_subscription_under_the_old_name_follows_a_change(live_server, tmp_path, meeting):
    require(missing())
    url = f"{live_server.url}/calendar/lip-2-0.ics"
    spring = {"first": date(2026, 4, 1), "last": date(2026, 5, 31)}
    place = meeting.location.name

    first = subscribe(url, tmp_path, **spring)
    actions.move(meeting_id=meeting.pk, starts_at=datetime(2026, 5, 6, 18), by=SYSTEM, now=NOW)
    moved = subscribe(url, tmp_path, **spring)
    actions.cancel(meeting_id=meeting.pk, reason="Krank", by=SYSTEM, now=NOW)
    called_off = subscribe(url, tmp_path, **spring)

    assert first == [f"2026-04-15|17:00|19:00|CONFIRMED |Sitzung|{place}"]
    assert moved == [f"2026-05-06|18:00|20:00|CONFIRMED |Sitzung|{place}"]
    assert len(called_off) == 1
    assert "CANCELLED" in called_off[0]
    assert "Abgesagt: Sitzung" in called_off[0]
