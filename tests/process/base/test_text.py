"""Text from outside, and Markdown."""

import unicodedata
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from process.base.text import Line, Text, normalise, plain, render, slug_validator

SLUG = models.SlugField(validators=[slug_validator])

HOSTILE = [
    "\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\x85", "\x9f", "\u2028", "\u2029",
    "\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u2066", "\u2069", "\ud800", "\udfff",
    "\ufffe", "\uffff",
]  # fmt: skip
FRIENDLY = [
    "ä",
    "Zoë",
    "日本語",
    "עברית",
    "العربية",
    "👩‍👩‍👧",
    "ﬁ",
    "\u00ad",
    "'; DROP TABLE x; --",
    "<b>",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("character", HOSTILE, ids=ascii)
@pytest.mark.parametrize("field", [Line(), Text()], ids=["line", "text"])
def test_hostile_characters_are_refused(field: Line | Text, character: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        field.clean(f"a{character}b", None)
    assert "control_characters" in {error.code for error in refusal.value.error_list}


@pytest.mark.parametrize("value", FRIENDLY, ids=ascii)
@pytest.mark.parametrize("field", [Line(), Text()], ids=["line", "text"])
def test_people_may_write_as_they_do(field: Line | Text, value: str) -> None:
    assert field.clean(value, None) == value


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\t"], ids=ascii)
def test_a_line_is_one_line(end: str) -> None:
    with pytest.raises(ValidationError):
        Line().clean(f"a{end}b", None)


def test_a_text_has_lines_but_no_lone_returns() -> None:
    assert Text().clean("a\r\nb\n\tc", None) == "a\r\nb\n\tc"
    with pytest.raises(ValidationError):
        Text().clean("a\rb", None)


@pytest.mark.parametrize(("field", "most"), [(Line(), 200), (Line(max_length=40), 40)])
def test_lines_have_a_length(field: Line, most: int) -> None:
    assert field.clean("x" * most, None)
    with pytest.raises(ValidationError):
        field.clean("x" * (most + 1), None)


def test_texts_have_a_length_where_forms_and_models_look() -> None:
    field = Text()
    field.set_attributes_from_name("text")

    assert field.max_length == 50_000
    assert field.formfield().max_length == 50_000


def test_line_ends_and_accents_are_stored_in_one_form() -> None:
    assert normalise("a\r\nb") == "a\nb"
    assert normalise("e\u0301") == "é"


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("slug", ["a", "lip-2-0", "stadtleben-und-kultur"])
def test_slugs(slug: str) -> None:
    SLUG.run_validators(slug)


@pytest.mark.parametrize("slug", ["-a", "a-", "a--b", "Ä", "A", "a b", "a/b", "a\n", "../x"])
def test_other_slugs_are_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        SLUG.run_validators(slug)


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example/pixel.png)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    '[x](https://a.example "onmouseover=alert(1)")',
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<https://a.example/"onmouseover=alert(1)>',
]


class Elements(HTMLParser):
    """Collect the elements of a page as a browser would."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_brings_no_live_code(attack: str) -> None:
    for tag, attributes in Elements(render(attack)).found:
        assert tag in {"p", "a", "code", "pre"}
        assert attributes.keys() <= {"href", "rel", "title"}
        assert (attributes.get("href") or "https://").startswith("https://")


def test_markdown_keeps_what_texts_need() -> None:
    html = render(
        "### Titel\n\n1. *eins*\n2. **zwei**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n~~weg~~"
    )

    for tag in ("<h3>", "<ol>", "<em>", "<strong>", "<table>", "<td>", "<s>"):
        assert tag in html


def test_links_give_nothing_away() -> None:
    html = render("[x](https://a.example/)")

    assert 'href="https://a.example/"' in html
    assert 'rel="noopener nofollow ugc"' in html


def test_deep_nesting_comes_to_an_end() -> None:
    assert render(">" * 3000 + " x")
    assert render("[" * 5000)


def test_plain_lines() -> None:
    said = (
        "# Titel\n\nEin *kurzer*\nText mit [Link](https://a.example).\n\n- eins\n- zwei\n\n`code`"
    )

    assert plain(said) == "Titel\nEin kurzer\nText mit Link.\neins\nzwei\ncode"
