"""Every room's models in one place, as Django expects them."""

from process.groups.models import Group, Occupancy, Seat
from process.journal.models import AuditEntry, Delivery, OutboxEvent, Tick
from process.people.models import ApiToken, Person, User
from process.plan.models import (
    Coordinator,
    FieldOfAction,
    Gate,
    Mandate,
    Milestone,
    Phase,
    Process,
    ProcessSlug,
)
from process.rounds.models import Contribution, DialogueRound, Topic

__all__ = [
    "ApiToken", "AuditEntry", "Contribution", "Coordinator", "Delivery", "DialogueRound",
    "FieldOfAction", "Gate", "Group", "Mandate", "Milestone", "Occupancy", "OutboxEvent", "Person",
    "Phase", "Process", "ProcessSlug", "Seat", "Tick", "Topic", "User",
]  # fmt: skip
