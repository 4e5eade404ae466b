"""What goes out and what comes in.

A Shape is a serializer whose output is compiled once a class: reading an attribute costs what
reading an attribute costs. It declares fields as usual, so the schema cannot drift from it.
An Input refuses what it does not know.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from process.base.text import LINE_LENGTH, TEXT_LENGTH, check_line, check_text, normalise

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_NAME = 60
Reader = Callable[[Any], Any]
_zone = cache(ZoneInfo)


class Moment(serializers.DateTimeField):
    """A time, written with the offset it has in the process's zone."""


class Shape(serializers.Serializer):
    """The outside of a row; reads only what the query has loaded.

    `zone` is the attribute path to the IANA name in which times are written.
    """

    zone = ""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the row as plain values."""
        return {name: read(instance) for name, read in self._readers}

    @property
    def _readers(self) -> list[tuple[str, Reader]]:
        found = self.__dict__.get("_compiled")
        if found is None:
            wanted = self.context.get("fields")
            found = self._compiled = [
                (name, self._reader(field))
                for name, field in self.fields.items()
                if wanted is None or self.parent_is_nested or name in wanted
            ]
        return found

    @property
    def parent_is_nested(self) -> bool:
        """Whether this shape stands inside another one."""
        holder = self.parent
        return holder is not None and not (
            isinstance(holder, serializers.ListSerializer) and holder.parent is None
        )

    def _reader(self, field: serializers.Field[Any, Any, Any, Any]) -> Reader:
        if isinstance(field, serializers.SerializerMethodField):
            return getattr(self, str(field.method_name))
        get = attrgetter(str(field.source))
        if isinstance(field, serializers.ListSerializer):
            child: Any = field.child
            each = child.to_representation
            return lambda row: [each(part) for part in _all(get(row))]
        if isinstance(field, Shape):
            return lambda row: None if (part := get(row)) is None else field.to_representation(part)
        if isinstance(field, Moment):
            place = attrgetter(self.zone) if self.zone else lambda _row: settings.TIME_ZONE
            return lambda row: (at := get(row)) and at.astimezone(_zone(place(row)))
        return get


class Input(serializers.Serializer):
    """What a caller may send; other members are refused, not ignored."""

    def to_internal_value(self, data: Any) -> Any:
        """Validate; complain about members that nobody will read."""
        value = super().to_internal_value(data)
        unknown = {str(name)[:LONGEST_NAME] for name in set(data) - set(self.fields)}
        if unknown:
            detail = [_("Dieses Feld gibt es hier nicht.")]
            raise serializers.ValidationError(
                dict.fromkeys(sorted(unknown)[:20], detail), "unknown"
            )
        return value


class Line(serializers.CharField):
    """One printable line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LINE_LENGTH)
        super().__init__(**kwargs)
        self.validators.append(_checked(check_line))

    def to_internal_value(self, data: Any) -> str:
        """Return it in NFC."""
        return normalise(super().to_internal_value(data))


class Text(serializers.CharField):
    """Markdown of many lines."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", TEXT_LENGTH)
        kwargs.setdefault("allow_blank", True)
        super().__init__(**kwargs)
        self.validators.append(_checked(check_text))

    def to_internal_value(self, data: Any) -> str:
        """Return it in NFC with plain line ends."""
        return normalise(super().to_internal_value(data))


class Link(serializers.URLField):
    """An address on the web, without anything invisible."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(**kwargs)
        self.validators = [check for check in self.validators if not _is_lax(check)]
        self.validators += [URLValidator(schemes=["http", "https"]), _checked(check_line)]


# JSON Schema's "time" has an offset, which a time of any day cannot have.
@extend_schema_field({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"})
class Clock(serializers.TimeField):
    """A time of day, to the minute."""

    def to_internal_value(self, value: Any) -> time:
        """Return it without seconds."""
        return super().to_internal_value(value).replace(second=0, microsecond=0)


class Day(serializers.DateField):
    """A day of our time."""

    def to_internal_value(self, value: Any) -> date:
        """Return it, if its year is between 2000 and 2100."""
        day = super().to_internal_value(value)
        _check_year(day.year)
        return day


class LocalTime(serializers.DateTimeField):
    """A time with an offset (RFC 3339), or without one: then local to the meeting's zone."""

    def to_internal_value(self, value: Any) -> datetime:
        """Return it as it was said, if its year is between 2000 and 2100."""
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DDThh:mm[:ss][+hh:mm|Z]")
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            self.fail("invalid", format="YYYY-MM-DDThh:mm[:ss][+hh:mm|Z]")
        _check_year(at.year)
        return at.replace(second=0, microsecond=0)


class Visible(serializers.PrimaryKeyRelatedField):
    """An id of something that the caller may see."""

    def __init__(self, query: Callable[[Any], Any], **kwargs: Any) -> None:
        self.query = query
        kwargs.setdefault("pk_field", serializers.UUIDField())
        super().__init__(queryset=_none(query), **kwargs)

    def get_queryset(self) -> Any:
        """Look among what the caller sees."""
        return self.query(self.context["request"].user)


def local(at: datetime, zone: str) -> datetime:
    """Return a time as the clocks of the zone show it, naive."""
    return at.astimezone(_zone(zone)).replace(tzinfo=None) if at.tzinfo else at


def _all(rows: Any) -> Any:
    return rows.all() if hasattr(rows, "all") else rows


def _none(query: Callable[[Any], Any]) -> Any:
    from process.base.access import SYSTEM  # noqa: PLC0415 - only its rows' model is wanted

    return query(SYSTEM).none()


def _checked(check: Callable[[str], None]) -> Callable[[str], None]:
    def validator(value: str) -> None:
        try:
            check(value)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages, error.code) from error

    return validator


def _is_lax(check: Any) -> bool:
    return isinstance(check, URLValidator)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        detail = gettext_lazy("Das Jahr muss zwischen 2000 und 2100 liegen.")
        raise serializers.ValidationError(detail, "year_out_of_range")
