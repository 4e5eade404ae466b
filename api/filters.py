"""Filters that refuse what they do not know."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters

from api.errors import bad_query
from api.pagination import KeysetPagination
from process.base.text import check_line

ALWAYS = frozenset({"fields", "format"})


class InFilter(filters.BaseInFilter, filters.CharFilter):
    """Values separated by commas."""


class ChoiceInFilter(filters.BaseInFilter, filters.ChoiceFilter):
    """Choices separated by commas."""


class UUIDInFilter(filters.BaseInFilter, filters.UUIDFilter):
    """Ids separated by commas."""


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
            return qs.filter(**{self.field_name: UUID(value)})  # type: ignore[dict-item]
        except ValueError:
            return qs.filter(**{self.slugs: value})


class Filters(filters.FilterSet):
    """What every list can be asked: what has changed since, and words to look for."""

    search_in: tuple[str, ...] = ()

    updated_since = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")
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
