"""Recurrence against dateutil, local times against the clocks, rules in words."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from meetings.calendars import recurrence
from meetings.calendars.recurrence import Rule, check, describe, localise, occurrences, parse
from tests.meetings.calendars.rules import at, refusal, rule_texts, thorough


def ask_dateutil(rule, first):
    endless = Rule(rule.frequency, rule.interval, rule.weekdays, rule.monthdays, rule.count)
    found = rrulestr(str(endless), dtstart=first)
    return found.replace(until=datetime.combine(rule.until, time.max)) if rule.until else found


def first_match(rule, day):
    every = Rule(rule.frequency, 1, rule.weekdays, rule.monthdays)
    return rrulestr(str(every), dtstart=datetime.combine(day, time(17)))[0]


@thorough
@given(rule_texts(), st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 1500))
def test_occurrences_agree_with_dateutil(text, day, horizon):
    rule = parse(text)
    first = first_match(rule, day)
    assume(rule.until is None or rule.until >= first.date())
    until = first.date() + timedelta(days=horizon)

    expected = takewhile(lambda found: found.date() <= until, ask_dateutil(rule, first))
    assert occurrences(rule, first=first, until=until) == list(expected)[:800]


@thorough
@given(rule_texts(), st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(-10, 700))
def test_since_only_leaves_out_what_came_before(text, day, later):
    rule = parse(text)
    first = first_match(rule, day)
    assume(rule.until is None or rule.until >= first.date())
    since, until = first.date() + timedelta(days=later), first.date() + timedelta(days=760)

    everything = occurrences(rule, first=first, until=until)
    assert occurrences(rule, first=first, until=until, since=since) == [
        found for found in everything if found.date() >= since
    ]


def test_every_third_wednesday():
    rule = parse("FREQ=MONTHLY;BYDAY=3WE")
    assert occurrences(rule, first=at(2026, 1, 21), until=date(2026, 4, 30)) == [
        at(2026, 1, 21),
        at(2026, 2, 18),
        at(2026, 3, 18),
        at(2026, 4, 15),
    ]


def test_months_without_the_day_are_left_out():
    rule = parse("FREQ=MONTHLY;BYMONTHDAY=31")
    found = occurrences(rule, first=at(2026, 1, 31), until=date(2026, 6, 1))
    assert [day.month for day in found] == [1, 3, 5]


def test_excluded_days_are_counted_and_win_over_extra_ones():
    rule = parse("FREQ=WEEKLY;COUNT=3")
    found = occurrences(
        rule,
        first=at(2026, 1, 7),
        until=date(2026, 12, 31),
        excluded=[date(2026, 1, 14), date(2026, 1, 30)],
        extra=[date(2026, 1, 30), date(2026, 1, 9), date(2026, 1, 7), date(2027, 1, 1)],
    )
    assert found == [at(2026, 1, 7), at(2026, 1, 9), at(2026, 1, 21)]


def test_the_last_day_is_included():
    rule = parse("FREQ=DAILY;UNTIL=20260103")
    found = occurrences(rule, first=at(2026, 1, 1, 23, 59), until=date(2026, 1, 9))
    assert found[-1] == at(2026, 1, 3, 23, 59)


def test_expansion_is_capped():
    found = occurrences(parse("FREQ=DAILY"), first=at(2000, 1, 1), until=date.max)
    assert len(found) == 800
    extra = [date(2026, 1, 1) + timedelta(days=n) for n in range(2_000)]
    found = occurrences(parse("FREQ=DAILY"), first=at(2000, 1, 1), until=date.max, extra=extra)
    assert len(found) == 800


def test_long_past_is_not_walked_through(monkeypatch):
    periods = []
    original = recurrence._days

    def counted(rule, first, start):
        periods.append(start)
        return original(rule, first, start)

    monkeypatch.setattr(recurrence, "_days", counted)
    found = occurrences(
        parse("FREQ=DAILY"), first=at(2000, 1, 1), since=date(2099, 1, 1), until=date(2099, 1, 31)
    )
    assert len(found) == 31
    assert len(periods) < 40


def test_an_empty_horizon_is_empty():
    assert occurrences(parse("FREQ=DAILY"), first=at(2026, 1, 2), until=date(2026, 1, 1)) == []


@pytest.mark.parametrize(
    ("text", "first", "fault"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", at(2026, 1, 7), ("/starts_on", "first_not_in_rule")),
        ("FREQ=MONTHLY;BYDAY=3WE", at(2026, 1, 14), ("/starts_on", "first_not_in_rule")),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", at(2026, 1, 30), ("/starts_on", "first_not_in_rule")),
        ("FREQ=DAILY", at(1999, 12, 31), ("/starts_on", "year_out_of_range")),
        ("FREQ=DAILY", at(9999, 12, 31), ("/starts_on", "year_out_of_range")),
        ("FREQ=DAILY", at(1, 1, 1), ("/starts_on", "year_out_of_range")),
        ("FREQ=DAILY;UNTIL=20260106", at(2026, 1, 7), ("/rrule", "until_before_start")),
        ("FREQ=DAILY;UNTIL=20310108", at(2026, 1, 7), ("/rrule", "until_too_far")),
    ],
)
def test_a_series_cannot_start_there(text, first, fault):
    assert refusal(check, parse(text), first) == fault
    assert refusal(occurrences, parse(text), first=first, until=first.date()) == fault


def test_a_series_may_last_five_years():
    check(parse("FREQ=DAILY;UNTIL=20310107"), at(2026, 1, 7))
    check(parse("FREQ=DAILY;UNTIL=20260107"), at(2026, 1, 7))


def test_weekly_at_five_stays_at_five_over_both_clock_changes():
    for first, offsets in ((at(2026, 3, 25), [1, 2]), (at(2026, 10, 21), [2, 1])):
        found = occurrences(
            parse("FREQ=WEEKLY"), first=first, until=first.date() + timedelta(days=7)
        )
        aware = [localise(start, "Europe/Berlin") for start in found]
        assert [start.hour for start in aware] == [17, 17]
        assert [start.utcoffset() for start in aware] == [timedelta(hours=n) for n in offsets]
        assert [start.astimezone(UTC).hour for start in aware] == [17 - n for n in offsets]


@pytest.mark.parametrize(
    ("local", "zone", "fault"),
    [
        (at(2026, 3, 29, 2, 0), "Europe/Berlin", ("/starts_at", "nonexistent_time")),
        (at(2026, 3, 29, 2, 59), "Europe/Berlin", ("/starts_at", "nonexistent_time")),
        (at(2026, 10, 25, 2, 0), "Europe/Berlin", ("/starts_at", "ambiguous_time")),
        (at(2026, 10, 25, 2, 59), "Europe/Berlin", ("/starts_at", "ambiguous_time")),
        (at(2026, 3, 29, 1, 30), "Europe/London", ("/starts_at", "nonexistent_time")),
        (at(1999, 12, 31), "Europe/Berlin", ("/starts_at", "year_out_of_range")),
        (at(2101, 1, 1), "Europe/Berlin", ("/starts_at", "year_out_of_range")),
        (at(1, 1, 1), "Europe/Berlin", ("/starts_at", "year_out_of_range")),
        (at(9999, 12, 31), "Europe/Berlin", ("/starts_at", "year_out_of_range")),
        (at(2026, 1, 1), "Europe/Atlantis", ("/time_zone", "unknown_time_zone")),
        (at(2026, 1, 1), "Europe", ("/time_zone", "unknown_time_zone")),
        (at(2026, 1, 1), "", ("/time_zone", "unknown_time_zone")),
        (at(2026, 1, 1), "../../etc/passwd", ("/time_zone", "unknown_time_zone")),
        (at(2026, 1, 1), "/etc/localtime", ("/time_zone", "unknown_time_zone")),
        (at(2026, 1, 1), "localtime", ("/time_zone", "unknown_time_zone")),
        (at(2026, 1, 1), "Europe/Berlin\x00", ("/time_zone", "unknown_time_zone")),
        (at(2026, 1, 1), "Europe/Berlin\n", ("/time_zone", "unknown_time_zone")),
        (at(2026, 1, 1), "A" * 100_000, ("/time_zone", "unknown_time_zone")),
    ],
)
def test_times_that_do_not_exist_once_are_refused(local, zone, fault):
    assert refusal(localise, local, zone) == fault


def test_times_beside_a_clock_change_are_fine():
    for local in (
        at(2026, 3, 29, 1, 59),
        at(2026, 3, 29, 3, 0),
        at(2026, 10, 25, 1, 59),
        at(2026, 10, 25, 3, 0),
    ):
        aware = localise(local, "Europe/Berlin")
        assert aware.replace(tzinfo=None) == local
        assert aware.astimezone(UTC).astimezone(aware.tzinfo) == aware


def test_the_complaint_points_where_the_caller_says():
    local = at(2026, 3, 29, 2, 30)
    assert refusal(localise, local, "Europe/Berlin", "/ends_at")[0] == "/ends_at"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY", "täglich"),
        ("FREQ=DAILY;INTERVAL=3", "alle drei Tage"),
        ("FREQ=DAILY;BYDAY=MO,FR", "täglich, nur am Montag und Freitag"),
        ("FREQ=WEEKLY", "wöchentlich"),
        ("FREQ=WEEKLY;BYDAY=TU", "jeden Dienstag"),
        ("FREQ=WEEKLY;INTERVAL=2", "alle zwei Wochen"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "alle zwei Wochen am Dienstag"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "jeden Montag, Mittwoch und Freitag"),
        ("FREQ=MONTHLY", "monatlich"),
        ("FREQ=MONTHLY;INTERVAL=13", "alle 13 Monate"),
        ("FREQ=MONTHLY;BYDAY=3WE", "jeden dritten Mittwoch im Monat"),
        ("FREQ=MONTHLY;BYDAY=1WE,3WE", "jeden ersten und dritten Mittwoch im Monat"),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "jeden ersten Montag und letzten Freitag im Monat"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-2TH", "alle zwei Monate am vorletzten Donnerstag"),
        ("FREQ=MONTHLY;BYDAY=MO", "jeden Montag"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=MO", "alle drei Monate jeden Montag"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "am 1. und 15. jedes Monats"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "am letzten Tag jedes Monats"),
        ("FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=2", "alle sechs Monate am 2."),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=1", "jeden Dienstag, 1 Termin"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=10", "jeden Dienstag, 10 Termine"),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201", "jeden Dienstag bis 01.12.2026"),
    ],
)
def test_rules_are_said_in_words(text, words):
    with translation.override("de"):
        assert describe(parse(text)) == words


@thorough
@given(rule_texts())
def test_every_rule_has_words(text):
    with translation.override("de"):
        words = describe(parse(text))
    assert words
    assert "%" not in words
