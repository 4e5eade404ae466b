"""Load the LIP 2.0 as the city published it; what is there already is left alone.

Two facts of the source wait in `lip-2020.yaml`: `strategy_paper_outline` for the room of papers,
and `renamed_later_to` for the coordinator, who renames the process when the day has come.
"""

from datetime import datetime
from typing import Any

from process.base.access import SYSTEM
from process.groups.actions import form
from process.groups.models import Group
from process.plan import actions, phase_actions
from process.plan.field_actions import add_field
from process.plan.models import FieldOfAction, Mandate, Phase, Process
from process.plan.vocab import PhaseState
from process.seed.rounds import load_round
from process.seed.seats import load_bench, load_counted_seats
from process.seed.sources import facts, field_words, words


def load(*, now: datetime) -> Process:
    """Load the process with everything that belongs to it; returns it."""
    process, made = _process(now=now)
    _mandates(process, now=now)
    _phases(process, now=now)
    fields = [_field(process, row["name"], now=now) for row in facts()["fields_of_action"]]
    groups = {field.name: _expert_group(field, now=now) for field in fields}
    for row in facts()["fields_of_action"]:
        load_bench(groups[row["name"]], row, groups, now=now)
    for field, row in zip(fields, facts()["fields_of_action"], strict=True):
        load_round(field, row, now=now)
    for position, row in enumerate(facts()["groups"], start=len(fields) + 1):
        load_counted_seats(_body(process, row, position, now=now), row, now=now)
    if made:
        actions.start(process_id=process.pk, by=SYSTEM, now=now)
        actions.publish(process_id=process.pk, by=SYSTEM, now=now)
    process.refresh_from_db()
    return process


def _process(*, now: datetime) -> tuple[Process, bool]:
    said, ours = facts()["process"], words()["process"]
    found = Process.objects.filter(slugs__slug=ours["slug"]).first()
    if found:
        return found, False
    process = actions.found(
        slug=ours["slug"],
        title=said["title"],
        short_title=said["short_title"],
        city=said["city"],
        summary=ours["summary"],
        predecessor_title=said["predecessor"]["title"],
        predecessor_year=said["predecessor"]["year"],
        deliverables=said["deliverables_in_order"],
        by=SYSTEM,
        now=now,
    )
    return process, True


def _mandates(process: Process, *, now: datetime) -> None:
    known = set(Mandate.objects.filter(process=process).values_list("reference", flat=True))
    for position, row in enumerate(facts()["process"]["mandate"], start=1):
        if row["reference"] not in known:
            actions.mandate(
                process_id=process.pk,
                position=position,
                reference=row["reference"],
                body=row["by"],
                by=SYSTEM,
                now=now,
            )


def _phases(process: Process, *, now: datetime) -> None:
    known = set(Phase.objects.filter(process=process).values_list("kind", flat=True))
    for position, row in enumerate(words()["phases"], start=1):
        if row["kind"] not in known:
            _phase(process, position, row, now=now)


def _phase(process: Process, position: int, row: dict[str, Any], *, now: datetime) -> None:
    days = facts()["kick_off"]["dates"] if row.get("dates") == "kick_off" else (None, None)
    phase = phase_actions.add_phase(
        process_id=process.pk,
        position=position,
        kind=row["kind"],
        title=row["title"],
        summary=row["summary"],
        starts_on=days[0],
        ends_on=days[-1],
        gates=row.get("gates", ()),
        by=SYSTEM,
        now=now,
    )
    if row["state"] != PhaseState.PLANNED:
        phase_actions.open_phase(phase_id=phase.pk, by=SYSTEM, now=now)
    if row["state"] == PhaseState.CLOSED:
        phase_actions.close_phase(phase_id=phase.pk, by=SYSTEM, now=now)


def _field(process: Process, name: str, *, now: datetime) -> FieldOfAction:
    ours = field_words(name)
    found = FieldOfAction.objects.filter(process=process, slug=ours["slug"]).first()
    return found or add_field(process_id=process.pk, name=name, by=SYSTEM, now=now, **ours)


def _expert_group(field: FieldOfAction, *, now: datetime) -> Group:
    found = Group.objects.filter(process_id=field.process_id, slug=field.slug).first()
    return found or form(
        process_id=field.process_id,
        fields_of_action=[field],
        kind="expert",
        position=field.position,
        slug=field.slug,
        name=words()["expert_group"]["name"].format(field=field.name),
        summary=words()["expert_group"]["summary"].format(field=field.name),
        by=SYSTEM,
        now=now,
    )


def _body(process: Process, row: dict[str, Any], position: int, *, now: datetime) -> Group:
    ours = words()["groups"][row["name"]]
    found = Group.objects.filter(process=process, slug=ours["slug"]).first()
    return found or form(
        process_id=process.pk,
        kind=row["kind"],
        position=position,
        name=row["name"],
        by=SYSTEM,
        now=now,
        **ours,
    )
