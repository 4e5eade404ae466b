"""The common door: one request is one query or one action."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.metadata import SimpleMetadata
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api import concurrency, idempotency
from api.errors import bad_query
from api.filters import ALWAYS, StrictFilters
from api.formats import dumps
from api.pagination import KeysetPagination
from api.shapes import Input, Shape
from process.base.access import may
from process.base.moves import StateTable

UNFILTERED = frozenset({*KeysetPagination.parameters, *ALWAYS})
"""What may be asked of a list without asking for other rows."""


class Nothing(Input):
    """What is sent with a deed that needs no words."""


class Outline(SimpleMetadata):
    """The answer to OPTIONS; what a deed takes is told by the schema."""

    def determine_actions(self, request: Request, view: Any) -> dict[str, Any]:
        """Say nothing: what goes out is not what comes in."""
        return {}


class Door(GenericViewSet):
    """List and show what the caller may see; subclasses add deeds.

    `orderings` maps the names a caller may sort by to columns that end in the primary key; the
    first is the usual one. `slugs` is the lookup by which an object is also found.
    """

    filter_backends = [StrictFilters]
    pagination_class = KeysetPagination
    metadata_class = Outline
    lookup_value_regex = r"[^/]+"
    orderings: dict[str, tuple[str, ...]] = {"created_at": ("created_at", "id")}
    slugs = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let a POST with an Idempotency-Key act once."""
        super().initial(request, *args, **kwargs)
        key = request.headers.get("Idempotency-Key")
        act = getattr(self, "post", None)
        if request.method == "POST" and act and key is not None:
            self.post = lambda *args, **kwargs: idempotency.once(
                request, key, lambda: act(*args, **kwargs)
            )

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer a page; 304 where the caller has it already."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        paginator: Any = self.paginator
        reply = paginator.get_paginated_response(self.get_serializer(rows, many=True).data)
        return self._tagged(reply.data, 0)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer one object; 304 where the caller has it already."""
        row = self.get_object()
        return self._tagged(self.get_serializer(row).data, row.rev)

    def filter_queryset(self, queryset: Any) -> Any:
        """Filter, if that was asked for; making the form of the filters takes its time."""
        if UNFILTERED.issuperset(self.request.query_params):
            return queryset
        return super().filter_queryset(queryset)

    def get_object(self) -> Any:
        """Find the object by its id or slug among what the caller sees; nothing else exists."""
        name = self.kwargs["pk"]
        try:
            condition = {"pk": UUID(name)}
        except ValueError:
            if not self.slugs or "\0" in name:
                raise Http404 from None
            condition = {self.slugs: name}
        found = self.get_queryset().filter(**condition)[:2]
        if len(found) != 1:
            raise Http404
        return found[0]

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the members that ?fields= asks for; they are those of the door's own shape."""
        context = self.plain_context()
        given = self.request.query_params.get("fields") if self.request else None
        if given is not None:
            context["fields"] = self._wanted(given)
        return context

    def plain_context(self) -> dict[str, Any]:
        """Return what other shapes may know of the request."""
        return dict(super().get_serializer_context())

    def shown(self, row: Any) -> Any:
        """Return an object as the caller sees it now."""
        return self.get_serializer(self.get_queryset().get(pk=row.pk)).data

    def sent(self, kind: type[Input], *, partial: bool = False) -> dict[str, Any]:
        """Return what the caller sent, validated."""
        given = kind(data=self.request.data, partial=partial, context=self.plain_context())
        given.is_valid(raise_exception=True)
        return given.validated_data

    def do(
        self,
        act: Callable[..., Any],
        *,
        required: bool = False,
        more: dict[str, Any] | None = None,
        **values: Any,
    ) -> Response:
        """Call one action for the caller, now, on the revision he has read; show the result.

        With `required` the caller must name that revision; `more` is shown beside the result.
        """
        rev = concurrency.based_on(self.request, required=required)
        row = act(**values, rev=rev, by=self.request.user, now=timezone.now())
        return self.reply(row, more=more)

    def make(self, act: Callable[..., Any], **values: Any) -> Response:
        """Call one action that brings something into being; show it with its address."""
        row = act(**values, by=self.request.user, now=timezone.now())
        reply = self.reply(row, status=201)
        reply["Location"] = self.reverse_action("detail", args=[row.pk])
        return reply

    def reply(self, row: Any, *, status: int = 200, more: dict[str, Any] | None = None) -> Response:
        """Show an object after a deed."""
        data = self.shown(row) | (more or {})
        tag = concurrency.etag(row.rev, dumps(data))
        return Response(data, status, headers={"ETag": tag})

    def _tagged(self, data: Any, rev: int) -> Response:
        tag = concurrency.etag(rev, dumps(data))
        headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
        if concurrency.has(self.request, tag):
            return Response(None, 304, headers=headers)
        return Response(data, headers=headers)

    def _wanted(self, given: str) -> set[str]:
        wanted = set(given.split(","))
        shape: Any = self.get_serializer_class()()
        unknown = wanted - set(shape.fields)
        if unknown:
            raise bad_query("fields", _("Dieses Feld gibt es hier nicht."), "unknown")
        return wanted


def deed(sends: type[Input] | None, shows: type[Shape], **options: Any) -> Callable[..., Any]:
    """Declare a deed: POST …/{id}/{verb}/ with this input, answered by this shape."""

    def declare(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def heard(door: Door, request: Request, *args: Any, **kwargs: Any) -> Response:
            if sends is None:
                door.sent(Nothing)
            return method(door, request, *args, **kwargs)

        described = extend_schema(request=sends, responses=shows)(heard)
        return action(detail=True, methods=["post"], **options)(described)

    return declare


def open_moves(user: Any, noun: str, row: Any, *tables: StateTable) -> list[str]:
    """List the verbs that are open to this user now: the state leads on, and the law agrees."""
    verbs: Iterable[str] = (verb for table in tables for verb in table.open(row))
    return [verb for verb in verbs if may(user, f"{noun}.{verb}", row)]
