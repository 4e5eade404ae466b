"""What the back office can look at."""

from typing import Any

from django.contrib import admin
from django.db import models

from meetings.models import FeedVersion, Location, Meeting, Series
from process.models import (
    ApiToken,
    AuditEntry,
    Contribution,
    DialogueRound,
    FieldOfAction,
    Group,
    Mandate,
    Milestone,
    Occupancy,
    OutboxEvent,
    Phase,
    Process,
    Seat,
    Tick,
    Topic,
)
from web.admin.kinds import ReadOnly


def _look_at(model: type[models.Model], **options: Any) -> None:
    """Register a model to look at, with what its list shows, filters and searches."""
    admin.site.register(model, type(f"{model.__name__}Admin", (ReadOnly,), options))


_look_at(
    Process,
    list_display=["short_title", "title", "slug", "status", "published_at"],
    list_filter=["status"],
    search_fields=["title", "short_title", "slugs__slug"],
)
_look_at(Mandate, list_display=["reference", "body", "process"], list_select_related=["process"])
_look_at(
    Phase,
    list_display=["title", "process", "kind", "state", "starts_on", "ends_on"],
    list_filter=["state", "kind", "process"],
)
_look_at(
    Milestone,
    list_display=["title", "process", "kind", "falls_on"],
    list_filter=["kind", "process"],
    date_hierarchy="falls_on",
)
_look_at(
    FieldOfAction,
    list_display=["name", "process", "position", "slug", "colour"],
    list_filter=["process"],
    search_fields=["name"],
)
_look_at(
    Group,
    list_display=["name", "process", "kind", "parent"],
    list_filter=["kind", "process"],
    search_fields=["name"],
)
_look_at(
    Seat,
    list_display=["__str__", "group", "role", "side", "delegated_by", "votes"],
    list_filter=["role", "side", "group"],
    list_select_related=["group", "delegated_by"],
)
_look_at(
    Occupancy,
    list_display=["person", "seat", "since_on", "until_on"],
    list_filter=["seat__group"],
    list_select_related=["person", "seat"],
    search_fields=["person__name"],
)
_look_at(
    DialogueRound, list_display=["title", "field", "held_on", "place"], list_filter=["process"]
)
_look_at(Topic, list_display=["title", "round", "position", "top"], search_fields=["title"])
_look_at(
    Contribution,
    list_display=["reference", "field", "channel", "state", "received_at"],
    list_filter=["state", "channel", "field"],
    search_fields=["reference"],
)
_look_at(
    Meeting,
    list_display=["title", "starts_at", "group", "state", "visibility", "sequence"],
    list_filter=["state", "visibility", "kind", "group"],
    list_select_related=["group"],
    search_fields=["title", "uid"],
    date_hierarchy="starts_at",
)
_look_at(
    Series,
    list_display=["title", "group", "rrule", "starts_on", "state"],
    list_filter=["state", "group"],
    list_select_related=["group"],
)
_look_at(Location, list_display=["name", "room", "address"], search_fields=["name", "address"])
_look_at(
    FeedVersion,
    list_display=["__str__", "version", "changed_at", "as_of"],
    list_select_related=["process", "field", "group"],
)
_look_at(
    ApiToken,
    list_display=["name", "user", "scope", "expires_at", "last_used_at", "revoked_at"],
    list_filter=["scope"],
    list_select_related=["user"],
    exclude=["digest"],
)
_look_at(
    AuditEntry,
    list_display=["at", "act", "noun", "object_id", "actor", "by_system"],
    list_filter=["act", "by_system"],
    list_select_related=["actor"],
    search_fields=["=object_id", "act"],
    date_hierarchy="at",
)
_look_at(
    OutboxEvent,
    list_display=["at", "news", "noun", "object_id"],
    list_filter=["news"],
    search_fields=["=object_id"],
)
_look_at(Tick, list_display=["name", "at"])
