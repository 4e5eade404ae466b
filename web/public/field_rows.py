"""Fields of action as pages show them."""

from typing import Any

from django.urls import reverse

from process.base.text import plain, render
from process.plan.models import FieldOfAction, Process
from process.plan.vocab import Colour

Row = dict[str, Any]
# Each colour of the plan has a number in tokens.css, and a shape with it.
NUMBERS = {
    Colour.STEELBLUE: 1, Colour.SEAGREEN: 2, Colour.SLATEBLUE: 3, Colour.MEDIUMORCHID: 4,
    Colour.GOLDENROD: 5, Colour.TEAL: 6, Colour.DARKORANGE: 7, Colour.FIREBRICK: 8,
}  # fmt: skip


def url(process: Process, field: FieldOfAction) -> str:
    """Return the address of the page of a field of action."""
    return reverse("field", kwargs={"slug": process.slug, "field": field.slug})


def mark(field: FieldOfAction, process: Process | None = None) -> Row:
    """Name a field of action with its colour; a link if the process is given."""
    named = {"name": field.name, "colour": NUMBERS[Colour(field.colour)]}
    return {**named, "url": url(process, field)} if process else named


def row(process: Process, field: FieldOfAction) -> Row:
    """Show a field of action."""
    return {
        **mark(field, process),
        "slug": field.slug,
        "summary": plain(field.summary),
        "summary_html": render(field.summary) if field.summary else "",
        "added_reason": field.added_reason,
    }
