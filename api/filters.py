"""Filters that refuse what they do not know."""

from datetime import UTC
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from django_filters.fields import BaseCSVField, IsoDateTimeField

from api.errors import bad_query
from api.pagination import KeysetPagination
from process.base.text import check_line

MOST_VALUES = 200
ALWAYS = frozenset({"fields", "format"})


class _FewField(BaseCSVField):
    def clean(self, value: Any) -> Any:
        if value is not None and len(value) > MOST_VALUES:
            detail = _("Höchstens %(most)s Werte.") % {"most": MOST_VALUES}
            raise ValidationError(detail, "too_many")
        return super().clean(value)


class _InFilter(filters.BaseInFilter):
    base_field_class = _FewField


class ChoiceInFilter(_InFilter, filters.ChoiceFilter):
    """Choices separated by commas."""


class UUIDInFilter(_InFilter, filters.UUIDFilter):
    """Ids separated by commas."""


class _MomentField(IsoDateTimeField):
    def clean(self, value: Any) -> Any:
        at = super().clean(value)
        try:
            return at and at.astimezone(UTC)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], "invalid") from error

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"], "invalid") from error


class MomentFilter(filters.IsoDateTimeFilter):
    """A time (RFC 3339) that every database can hold."""

    field_class = _MomentField


class NamedFilter(filters.CharFilter):
    """An object by its id, or by a slug: `slugs` is the lookup from the row to the slug."""

    def __init__(self, *, slugs: str, **kwargs: Any) -> None:
        self.slugs = slugs
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the rows of the named object."""
        if not value:
            return qs
        try:
            return qs.filter(**{self.field_name: UUID(value)})
        except ValueError:
            return qs.filter(**{self.slugs: value})


class Filters(filters.FilterSet):
    """What every list can be asked: what has changed since, and words to look for."""

    search_in: tuple[str, ...] = ()

    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte")
    search = filters.CharFilter(
        method="look_for", min_length=2, max_length=100, validators=[check_line]
    )

    def look_for(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep rows in which every word stands somewhere."""
        for word in value.split()[:8]:
            condition = Q()
            for column in self.search_in:
                condition |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(condition)
        return queryset


class StrictFilters(filters.DjangoFilterBackend):
    """Apply the view's filters; an unknown one is an error and not ignored."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Filter, or complain."""
        known = {*view.filterset_class.get_filters(), *KeysetPagination.parameters, *ALWAYS}
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            raise bad_query(unknown[0][:100], _("Diesen Filter gibt es hier nicht."), "unknown")
        filterset = self.get_filterset(request, queryset, view)
        if not filterset.is_valid():
            name, errors = next(iter(filterset.errors.as_data().items()))
            raise bad_query(name, " ".join(errors[0].messages), errors[0].code or "invalid")
        return filterset.qs
