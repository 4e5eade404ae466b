"""Who takes part in a process: its fields of action, their groups and the seats, seen together."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from meetings.schedule.models import Meeting
from meetings.schedule.queries import fields_with_next_meeting_for
from process.groups.models import Group, Seat
from process.groups.queries import groups_by_field_for, seat_plan_for
from process.groups.vocab import GroupKind
from process.plan.models import FieldOfAction, Process
from web.public import field_rows, process_rows, seat_rows

Row = dict[str, Any]


class Cast:
    """Everybody in a process; three queries, however many they are."""

    def __init__(self, process: Process, user: Any, *, now: datetime) -> None:
        self.process, self.user = process, user
        fields = fields_with_next_meeting_for(user, now=now).filter(process=process)
        self.fields: dict[Any, FieldOfAction] = {field.pk: field for field in fields}
        self.groups: dict[Any, Group] = {}
        self.fields_of_group: dict[Any, list[FieldOfAction]] = defaultdict(list)
        for group in groups_by_field_for(user).filter(process=process):
            self.groups.setdefault(group.pk, group)
            if group.field_id in self.fields:
                self.fields_of_group[group.pk].append(self.fields[group.field_id])
        self.seats: dict[Any, list[Seat]] = defaultdict(list)
        for seat in seat_plan_for(user).filter(group__process=process):
            self.seats[seat.group_id].append(seat)

    def field_cards(self) -> list[Row]:
        """Show each field of action with its bench and its next meeting."""
        return [self._field_card(field) for field in self.fields.values()]

    def bodies(self) -> list[Row]:
        """Show the groups beside the expert groups."""
        bodies = (group for group in self.groups.values() if group.kind != GroupKind.EXPERT)
        return [process_rows.group_card(self.process, g, self.seats[g.pk]) for g in bodies]

    def vacancies(self) -> int:
        """Count the vacant seats of advisers and speakers of the fields of action."""
        experts = (pk for pk, group in self.groups.items() if group.kind == GroupKind.EXPERT)
        seats = (seat for pk in experts for seat in self.seats[pk])
        return seat_rows.vacancies(seat for seat in seats if seat.role in seat_rows.BENCH)

    def fields_of(self, meeting: Meeting) -> list[FieldOfAction]:
        """Return what a meeting is about: its own field of action, or those of its group."""
        own = self.fields.get(meeting.field_id)
        return [own] if own else self.fields_of_group[meeting.group_id]

    def _field_card(self, field: Any) -> Row:
        groups = (
            group
            for group in self.groups.values()
            if group.kind == GroupKind.EXPERT and field in self.fields_of_group[group.pk]
        )
        seats = [seat for group in groups for seat in self.seats[group.pk]]
        zone = ZoneInfo(self.process.time_zone)
        return {
            **field_rows.row(self.process, field),
            **seat_rows.bench(seats, self.user),
            "next_meeting": field.next_at and {"starts_at": field.next_at.astimezone(zone)},
        }
