"""People, and who coordinates what."""

from datetime import datetime
from typing import Any

from django.contrib import admin

from process.models import Coordinator, Person
from process.people import actions as people
from process.plan import actions as plan
from web.admin.kinds import ByAction


@admin.register(Person)
class PersonAdmin(ByAction):
    """People in public functions and others."""

    list_display = ["name", "organisation", "publishes_name", "user"]
    list_filter = ["publishes_name"]
    list_select_related = ["user"]
    search_fields = ["name", "organisation"]
    fields = ["name", "organisation", "publishes_name"]

    def enter(self, given: dict[str, Any], *, by: Any, now: datetime) -> Person:
        """Introduce the person."""
        return people.introduce(**given, by=by, now=now)


@admin.register(Coordinator)
class CoordinatorAdmin(ByAction):
    """Who runs which process."""

    list_display = ["user", "process", "since"]
    list_select_related = ["user", "process"]
    fields = ["process", "user"]

    def enter(self, given: dict[str, Any], *, by: Any, now: datetime) -> Coordinator:
        """Appoint the coordinator."""
        process, user = given["process"], given["user"]
        return plan.appoint(process_id=process.pk, user_id=user.pk, by=by, now=now)
