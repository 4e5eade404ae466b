"""Pages by keyset: flat cost on any page, nothing missed while rows come and go.

A cursor holds the values of the last row in the columns of the ordering, which end in the
primary key. The next page is asked for by them, so that the index leads straight to it.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import CharField, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from api.errors import bad_query

LARGEST_PAGE = 200
USUAL_PAGE = 50


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: behind (or, going back, before) the row with these values."""

    ordering: str
    back: bool
    values: tuple[Any, ...]

    def __str__(self) -> str:
        raw = orjson.dumps([self.ordering, self.back, *self.values], default=str)
        return urlsafe_b64encode(raw).decode().rstrip("=")


class KeysetPagination(BasePagination):
    """Answer {next, previous, results}, and `count` where it was asked for."""

    parameters = ("cursor", "page_size", "ordering", "count")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """Return the rows of the page."""
        self.request, self.view = request, view
        self.size = _page_size(request)
        self.ordering = self._ordering()
        self.columns = view.orderings[self.ordering.lstrip("-")]
        self.count = queryset.count() if _wants_count(request) else None
        self.cursor = self._cursor(queryset)
        back = bool(self.cursor and self.cursor.back)
        down = self.ordering.startswith("-") != back
        if self.cursor:
            queryset = queryset.filter(_beyond(self.columns, self.cursor.values, down=down))
        marked = [f"-{column}" if down else column for column in self.columns]
        rows = list(queryset.order_by(*marked)[: self.size + 1])
        more, rows = len(rows) > self.size, rows[: self.size]
        self.rows = rows[::-1] if back else rows
        self.has_next = more if not back else True
        self.has_previous = more if back else self.cursor is not None
        return self.rows

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the rows."""
        page: dict[str, Any] = {
            "next": self._link(self.rows[-1], back=False) if self.rows and self.has_next else None,
            "previous": self._link(self.rows[0], back=True)
            if self.rows and self.has_previous
            else None,
        }
        if self.count is not None:
            page["count"] = self.count
        return Response(page | {"results": data})

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Describe a page."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": link,
                "previous": link,
                "count": {"type": "integer"},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameters of a page."""
        names = [sign + name for name in view.orderings for sign in ("", "-")]
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE}
        schemas = {
            "cursor": {"type": "string"},
            "page_size": size,
            "ordering": {"type": "string", "enum": names},
            "count": {"type": "string", "enum": ["true", "false"]},
        }
        return [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in schemas.items()
        ]

    def _ordering(self) -> str:
        given = self.request.query_params.get("ordering", next(iter(self.view.orderings)))
        if given.removeprefix("-") not in self.view.orderings:
            raise bad_query("ordering", _("Nach diesem Feld wird nicht sortiert."), "unknown")
        return given

    def _cursor(self, queryset: QuerySet[Any]) -> Cursor | None:
        given = self.request.query_params.get("cursor")
        if given is None:
            return None
        try:
            raw = urlsafe_b64decode(given.encode("ascii") + b"=" * (-len(given) % 4))
            ordering, back, *values = orjson.loads(raw)
            typed = tuple(
                _typed(_field(queryset, column), value)
                for column, value in zip(self.columns, values, strict=True)
            )
        except (ValueError, TypeError, OverflowError, ValidationError) as error:
            raise bad_query("cursor", _("Dieser Zeiger führt nirgendwohin.")) from error
        if ordering != self.ordering or not isinstance(back, bool):
            raise bad_query("cursor", _("Dieser Zeiger gehört zu einer anderen Sortierung."))
        return Cursor(ordering, back, typed)

    def _link(self, row: Any, *, back: bool) -> str:
        values = tuple(getattr(row, column) for column in self.columns)
        url = remove_query_param(self.request.build_absolute_uri(), "cursor")
        return replace_query_param(url, "cursor", str(Cursor(self.ordering, back, values)))


def _beyond(columns: tuple[str, ...], values: tuple[Any, ...], *, down: bool) -> Q:
    """Return the condition for rows after these values; its first part is what an index reads."""
    sign = "lt" if down else "gt"
    condition, same = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        condition |= same & Q(**{f"{column}__{sign}": value})
        same &= Q(**{column: value})
    return Q(**{f"{columns[0]}__{sign}e": values[0]}) & condition


def _field(queryset: QuerySet[Any], column: str) -> Any:
    field = queryset.model._meta.get_field(column)
    return field.target_field if field.is_relation else field


def _typed(field: Any, value: Any) -> Any:
    """Return a value as its column holds it, whatever stands there; refuse what none can hold."""
    if isinstance(value, bool | list | dict) or value is None:
        raise ValueError(value)
    if isinstance(field, CharField):
        if "\0" in str(value):
            raise ValueError(value)
        return str(value)
    typed = field.clean(value, None)
    return typed.astimezone(UTC) if isinstance(typed, datetime) else typed


def _page_size(request: Request) -> int:
    given = request.query_params.get("page_size", str(USUAL_PAGE))
    if not (
        given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= LARGEST_PAGE
    ):
        detail = _("Zwischen 1 und %(most)s.") % {"most": LARGEST_PAGE}
        raise bad_query("page_size", detail, "out_of_range")
    return int(given)


def _wants_count(request: Request) -> bool:
    given = request.query_params.get("count", "false")
    if given not in {"true", "false"}:
        raise bad_query("count", _("true oder false."))
    return given == "true"
