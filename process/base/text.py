"""Text from outside: refused where it could harm a list, a feed or a page; Markdown made safe."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

LINE_LENGTH = 200
TEXT_LENGTH = 50_000
_FORBIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls, NEL among them
    "\u2028\u2029"  # separators of lines and paragraphs
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # controls of writing direction
    "\ud800-\udfff\ufffe\uffff"  # surrogates and non-characters
)
_IN_LINE = re.compile(f"[{_FORBIDDEN}\t\n\r]")
_IN_TEXT = re.compile(f"[{_FORBIDDEN}]|\r(?!\n)")
# No language stacks as many marks on one letter; to sort a long stack takes its square (UAX 15).
_MARKS = "".join(c for c in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(c))
_STACK = re.compile(f"[{_MARKS}]{{31}}")
_TAGS = {
    "p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "a", "code", "pre", "hr",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_markdown.disable("image")

slug_validator = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("Nur Kleinbuchstaben, Ziffern und Bindestriche."), "slug"
)


def check_line(value: str) -> None:
    """Raise ValidationError if the value is not one printable line."""
    if _IN_LINE.search(value) or _is_stacked(value):
        raise ValidationError(_("Steuerzeichen sind nicht erlaubt."), code="control_characters")


def check_text(value: str) -> None:
    """Raise ValidationError if the value has characters beyond printable lines."""
    if _IN_TEXT.search(value) or _is_stacked(value):
        raise ValidationError(_("Steuerzeichen sind nicht erlaubt."), code="control_characters")


class Line(models.CharField):
    """One line of plain text; at most 200 characters unless told otherwise."""

    default_validators = [check_line]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LINE_LENGTH)
        super().__init__(*args, **kwargs)


class Text(models.TextField):
    """Markdown of many lines; at most 50,000 characters."""

    default_validators = [check_text]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", TEXT_LENGTH)
        super().__init__(*args, **kwargs)


def normalise(value: str) -> str:
    """Return the text in NFC with plain line ends, as it is stored."""
    plain_ends = value.replace("\r\n", "\n")
    # What is stacked too high is refused by the checks, and costs too much to be put in order.
    return plain_ends if _is_stacked(plain_ends) else unicodedata.normalize("NFC", plain_ends)


def _is_stacked(value: str) -> bool:
    return not value.isascii() and _STACK.search(value) is not None


@lru_cache(maxsize=2048)
def render(markdown: str) -> SafeString:
    """Turn Markdown into HTML of a small list of tags: no raw HTML, no images, no scripts."""
    html = _markdown.render(markdown)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it


@lru_cache(maxsize=2048)
def plain(markdown: str) -> str:
    """Turn Markdown into plain lines for mails and calendars."""
    lines: list[str] = []
    for token in _markdown.parse(markdown):
        if token.type == "inline":
            marks = (
                child.content or "\n" * child.type.endswith("break")
                for child in token.children or []
            )
            lines.extend("".join(marks).split("\n"))
    return "\n".join(line.strip() for line in lines if line.strip())
