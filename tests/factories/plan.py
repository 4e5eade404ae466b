"""Processes and their parts."""

from typing import Any

from process.base.access import SYSTEM
from process.plan import actions, field_actions, phase_actions
from process.plan.models import FieldOfAction, Phase, Process
from tests.factories import NOW, number


def prepared(**values: Any) -> Process:
    """Found a process that nobody sees yet."""
    n = number()
    said = {
        "slug": f"plan-{n}",
        "title": f"Plan {n}",
        "short_title": f"P {n}",
        "city": "Musterstadt",
    }
    return actions.found(by=SYSTEM, now=NOW, **said | values)


def process(**values: Any) -> Process:
    """Found a process, start it and publish it."""
    made = prepared(**values)
    actions.start(process_id=made.pk, by=SYSTEM, now=NOW)
    return actions.publish(process_id=made.pk, by=SYSTEM, now=NOW)


def field(process: Process, **values: Any) -> FieldOfAction:
    """Add a field of action."""
    n = number()
    said = {"slug": f"feld-{n}", "name": f"Feld {n}"}
    return field_actions.add_field(process_id=process.pk, by=SYSTEM, now=NOW, **said | values)


def phase(process: Process, **values: Any) -> Phase:
    """Add a phase that is still to come."""
    said = {"kind": "drafting", "title": f"Phase {number()}", "position": 1}
    return phase_actions.add_phase(process_id=process.pk, by=SYSTEM, now=NOW, **said | values)
