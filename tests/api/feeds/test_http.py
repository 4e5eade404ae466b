"""What calendar clients rely on in HTTP."""

import gzip
import re

import pytest
from django.test import Client

from tests.api.feeds.reading import Feed, paths

ODD = (
    {"Accept": "text/calendar"},
    {"Accept": "application/json"},
    {"Accept": "image/png;q=0.1"},
    {"Accept-Language": "en"},
    {"Cookie": "sessionid=x; csrftoken=y; django_language=en"},
    {"User-Agent": "Mozilla/5.0 Thunderbird"},
    {"Authorization": "Bearer nope"},
)


@pytest.fixture
def every(client, process, group, meeting):
    return [*paths(process, group), f"/calendar/meetings/{meeting.pk}.ics"]


def test_it_is_a_calendar_to_be_shown(client, every):
    for path in every:
        reply = client.get(path)

        assert reply.status_code == 200
        assert reply["Content-Type"] == "text/calendar; charset=utf-8"
        name = path.rpartition("/")[2]
        assert reply["Content-Disposition"] == f'inline; filename="{name}"'
        assert re.fullmatch(r'"[^"]+"', reply["ETag"])
        assert reply["Last-Modified"] == "Mon, 02 Mar 2026 09:00:00 GMT"
        assert reply["Cache-Control"] == "max-age=300"
        assert reply["Content-Length"] == str(len(reply.content))
        assert reply.content.startswith(b"BEGIN:VCALENDAR\r\n")
        assert reply.content.endswith(b"END:VCALENDAR\r\n")


def test_the_same_bytes_for_whoever_asks_however(client, every, settings):
    for path in every:
        plain = client.get(path)
        for headers in ODD:
            reply = Client().get(path, headers=headers)

            assert (reply.status_code, reply.content) == (200, plain.content), headers
            assert reply["ETag"] == plain["ETag"]
            assert not reply.cookies
            assert reply["Vary"] == "Accept-Encoding"


def test_a_signed_in_person_gets_the_same(client, every, administrator):
    for path in every:
        plain = Client().get(path)
        client.force_login(administrator)
        reply = client.get(path)

        assert reply.content == plain.content
        assert not reply.cookies
        assert "Cookie" not in reply["Vary"]


def test_head_tells_what_get_would_send(client, every):
    for path in every:
        get, head = client.get(path), client.head(path)

        assert head.status_code == 200
        for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
            assert head[name] == get[name]


def test_what_is_known_is_not_sent_again(client, every):
    for path in every:
        reply = client.get(path)
        known = (
            {"If-None-Match": reply["ETag"]},
            {"If-None-Match": f'"x", {reply["ETag"]}'},
            {"If-None-Match": f"W/{reply['ETag']}"},
            {"If-None-Match": "*"},
            {"If-Modified-Since": reply["Last-Modified"]},
        )
        for headers in known:
            for method in (client.get, client.head):
                again = method(path, headers=headers)
                assert (again.status_code, again.content) == (304, b""), headers
                assert again["ETag"] == reply["ETag"]
                assert "Content-Disposition" not in again


def test_what_is_not_known_is_sent(client, every):
    for path in every:
        reply = client.get(path)
        unknown = (
            {"If-None-Match": '"x"', "If-Modified-Since": reply["Last-Modified"]},
            {"If-Modified-Since": "Sun, 01 Mar 2026 09:00:00 GMT"},
            {"If-Modified-Since": "nonsense"},
            {"If-None-Match": "nonsense"},
        )
        for headers in unknown:
            assert client.get(path, headers=headers).status_code == 200


def test_a_304_costs_one_query(client, every, django_assert_num_queries):
    for path in every:
        tag = client.get(path)["ETag"]
        for method in (client.get, client.head):
            with django_assert_num_queries(1):
                assert method(path, headers={"If-None-Match": tag}).status_code == 304


def test_an_unchanged_body_costs_one_query(
    client, process, group, meeting, django_assert_num_queries
):
    for path in paths(process, group):
        client.get(path)
        with django_assert_num_queries(1):
            assert client.get(path).status_code == 200


def test_packed_bytes_have_a_tag_of_their_own(client, every):
    for path in every:
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": "br, gzip"})

        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert packed["ETag"] != plain["ETag"]
        assert packed["Content-Length"] == str(len(packed.content))
        for tag in (plain["ETag"], packed["ETag"]):
            headers = {"Accept-Encoding": "gzip", "If-None-Match": tag}
            assert client.get(path, headers=headers).status_code == 304


@pytest.mark.parametrize("wish", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, br", "nogzip"])
def test_who_cannot_unpack_gets_plain_bytes(feed, meeting, wish):
    reply = feed.get(Accept_Encoding=wish)

    assert "Content-Encoding" not in reply
    assert reply.content.startswith(b"BEGIN:VCALENDAR")


def test_an_old_name_serves_the_same_without_a_redirect(client, group, meeting, process):
    for path in paths(process, group):
        new = client.get(path)
        old = client.get(path.replace("wir2-0", "lip-2-0"))

        assert (old.status_code, old.content, old["ETag"]) == (200, new.content, new["ETag"])


def test_what_there_is_not_is_not_found(client, process, group, meeting):
    paths = (
        "/calendar/nope.ics", "/calendar/wir2-0/groups/nope.ics", "/calendar/wir2-0/fields/x.ics",
        "/calendar/nope/groups/bildung.ics", "/calendar/wir2-0", "/calendar/", "/calendar/x/y.ics",
        "/calendar/meetings/nope.ics", f"/calendar/meetings/{group.pk}.ics", "/calendar/%00.ics",
        "/calendar/WIR2-0.ics", "/calendar/wir2-0.ics/",
    )  # fmt: skip
    for path in paths:
        reply = client.get(path)
        assert reply.status_code == 404, path
        assert not reply.cookies


def test_nothing_is_written_to_a_feed(every):
    careful = Client(enforce_csrf_checks=True)
    for path in every:
        for method in ("post", "put", "patch", "delete"):
            reply = getattr(careful, method)(path)
            assert reply.status_code == 405
            assert not reply.cookies


def test_a_prepared_process_has_no_feed(client, db):
    from tests.factories import plan

    hidden = plan.prepared()

    assert client.get(f"/calendar/{hidden.slug}.ics").status_code == 404


def test_a_bad_option_is_refused(client, every):
    bad = (
        "past=x", "past=-1", "past=", "past=9999999", "past=٣", "past=1.5", "past=%00",
        "past=" + "9" * 5000, "cancelled=", "cancelled=x", "alarm=x", "alarm=-5", "alarm=999999",
        "alarm=", "alarm=%00",
    )  # fmt: skip
    for path in every:
        for query in bad:
            reply = client.get(f"{path}?{query}")
            assert reply.status_code == 400, query
            assert reply["Content-Type"] == "text/plain; charset=utf-8"


def test_unknown_options_of_trackers_change_nothing(feed, meeting):
    assert feed.body("?utm_source=x") == feed.body()
    assert Feed(feed.client, feed.path).get("?utm_source=x")["ETag"] == feed.get()["ETag"]
