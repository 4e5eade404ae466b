"""Rules: one form for what is let in, a precise complaint for everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.calendars.rrules import parse
from process.base.errors import Invalid
from tests.meetings.calendars.rules import refusal, rule_texts, thorough


@thorough
@given(rule_texts())
def test_canonical_text_is_stable(text):
    rule = parse(text)
    assert parse(str(rule)) == rule
    assert parse(text.lower()) == rule


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("freq=weekly;byday=we,mo;wkst=mo;interval=01", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("BYDAY=+3WE;FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=3WE"),
        ("FREQ=MONTHLY;BYDAY=-1FR,1FR", "FREQ=MONTHLY;BYDAY=1FR,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,1", "FREQ=MONTHLY;BYMONTHDAY=1,-1"),
        ("FREQ=DAILY;UNTIL=20261231T225959Z", "FREQ=DAILY;UNTIL=20261231"),
        ("FREQ=DAILY;UNTIL=20261231T235959", "FREQ=DAILY;UNTIL=20261231"),
        ("FREQ=DAILY;COUNT=200;INTERVAL=52", "FREQ=DAILY;INTERVAL=52;COUNT=200"),
    ],
)
def test_canonical_text(text, canonical):
    assert str(parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rrule_syntax"),
        ("FREQ", "rrule_syntax"),
        ("FREQ=WEEKLY;", "rrule_syntax"),
        ("FREQ==WEEKLY", "rrule_syntax"),
        ("FREQ=WEEKLY;BYDAY=", "rrule_syntax"),
        ("RRULE:FREQ=WEEKLY", "rrule_characters"),
        ("FREQ=WEEKLY\r\nATTENDEE:mailto:a@b.example", "rrule_characters"),
        ("FREQ=WEEKLY\n", "rrule_characters"),
        ("FREQ=WEEKLY\x00", "rrule_characters"),
        (" FREQ=WEEKLY", "rrule_characters"),
        ("FREQ=DAILY;COUNT=\N{ARABIC-INDIC DIGIT THREE}", "rrule_characters"),
        ("FREQ=DA\N{LATIN SMALL LETTER DOTLESS I}LY", "rrule_characters"),
        ("FREQ=DAILY;COUNT=\N{FULLWIDTH DIGIT ONE}", "rrule_characters"),
        ("FREQ=DAILY;BYDAY=\ud800", "rrule_characters"),
        ("FREQ=DAILY;" * 100_000, "rrule_too_long"),
        ("INTERVAL=1", "frequency_missing"),
        ("FREQ=SECONDLY", "frequency_unsupported"),
        ("FREQ=MINUTELY", "frequency_unsupported"),
        ("FREQ=HOURLY", "frequency_unsupported"),
        ("FREQ=YEARLY", "frequency_unsupported"),
        ("FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO", "part_unsupported"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "part_unsupported"),
        ("FREQ=DAILY;BYMONTH=1", "part_unsupported"),
        ("FREQ=DAILY;BYYEARDAY=1", "part_unsupported"),
        ("FREQ=DAILY;RSCALE=GREGORIAN", "part_unsupported"),
        ("FREQ=DAILY;X=1", "part_unsupported"),
        ("FREQ=DAILY;FREQ=WEEKLY", "part_repeated"),
        ("FREQ=WEEKLY;WKST=SU", "week_start_unsupported"),
        ("FREQ=DAILY;INTERVAL=0", "interval_out_of_range"),
        ("FREQ=DAILY;INTERVAL=-1", "interval_out_of_range"),
        ("FREQ=DAILY;INTERVAL=53", "interval_out_of_range"),
        ("FREQ=DAILY;COUNT=0", "count_out_of_range"),
        ("FREQ=DAILY;COUNT=201", "count_out_of_range"),
        ("FREQ=DAILY;COUNT=1000000000", "count_out_of_range"),
        ("FREQ=DAILY;COUNT=" + "9" * 150, "count_out_of_range"),
        ("FREQ=DAILY;COUNT=MO", "count_out_of_range"),
        ("FREQ=DAILY;COUNT=1;UNTIL=20260101", "count_and_until"),
        ("FREQ=DAILY;UNTIL=20260230", "until_invalid"),
        ("FREQ=DAILY;UNTIL=20260101T250000Z", "until_invalid"),
        ("FREQ=DAILY;UNTIL=2026W101", "until_invalid"),
        ("FREQ=DAILY;UNTIL=19991231", "until_invalid"),
        ("FREQ=DAILY;UNTIL=99991231", "until_invalid"),
        ("FREQ=DAILY;UNTIL=00000000", "until_invalid"),
        ("FREQ=WEEKLY;BYDAY=XX", "weekday_invalid"),
        ("FREQ=WEEKLY;BYDAY=MO,", "weekday_invalid"),
        ("FREQ=WEEKLY;BYDAY=MO,MO", "day_repeated"),
        ("FREQ=MONTHLY;BYDAY=1MO,+1MO", "day_repeated"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,01", "day_repeated"),
        ("FREQ=WEEKLY;BYDAY=3WE", "ordinal_needs_monthly"),
        ("FREQ=MONTHLY;BYDAY=0MO", "ordinal_out_of_range"),
        ("FREQ=MONTHLY;BYDAY=6MO", "ordinal_out_of_range"),
        ("FREQ=MONTHLY;BYDAY=-3MO", "ordinal_out_of_range"),
        ("FREQ=MONTHLY;BYDAY=MO,1TU", "ordinal_mixed"),
        ("FREQ=DAILY;BYMONTHDAY=1", "monthday_needs_monthly"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "monthday_invalid"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "monthday_invalid"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "monthday_invalid"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,MO", "monthday_invalid"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "weekday_and_monthday"),
    ],
)
def test_hostile_rules_are_refused(text, code):
    assert refusal(parse, text) == ("/rrule", code)


@thorough
@given(
    st.one_of(
        st.text(max_size=60),
        st.from_regex(r"FREQ=[A-Z]{5,7}(;[A-Z]{3,10}=[-+0-9A-Z,]{0,12}){0,4}", fullmatch=True),
    )
)
def test_any_text_gives_a_rule_or_a_complaint(text):
    try:
        outcome = str(parse(text))
    except Invalid as error:
        outcome = "".join(fault.pointer for fault in error.faults)
    assert outcome == "/rrule" or str(parse(outcome)) == outcome
