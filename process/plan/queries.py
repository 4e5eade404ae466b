"""What can be asked about processes."""

from typing import Any

from process.plan.models import (
    FieldOfAction,
    PartQuerySet,
    Phase,
    Process,
    ProcessQuerySet,
    ProcessSlug,
)


def processes_for(user: Any) -> ProcessQuerySet:
    """List the processes that the user may see, with their mandates."""
    return Process.objects.visible_to(user).prefetch_related("mandates")


def process_for(user: Any, slug: str) -> Process | None:
    """Find a visible process under a slug it has or ever had; one query."""
    return Process.objects.visible_to(user).filter(slugs__slug=slug).first()


def overviews_for(user: Any) -> ProcessQuerySet:
    """List the processes that the user may see, with their phases and fields of action."""
    return Process.objects.visible_to(user).prefetch_related("phases", "fields_of_action")


def processes_coordinated_by(user: Any) -> ProcessQuerySet:
    """List the processes that the user coordinates."""
    return Process.objects.filter(coordinators__user=user)


def phases_for(user: Any) -> PartQuerySet:
    """List phases of visible processes, with their gates and process."""
    return Phase.objects.visible_to(user).select_related("process").prefetch_related("gates")


def fields_for(user: Any) -> PartQuerySet:
    """List fields of action of visible processes, with their process."""
    return FieldOfAction.objects.visible_to(user).select_related("process")


def gate_is_open(process_id: Any, kind: str) -> bool:
    """Tell whether an open phase lets people do this; asked where the deed is done."""
    return Phase.objects.filter(process_id=process_id, state="open", gates__kind=kind).exists()


def is_slug_known(slug: str) -> bool:
    """Tell whether any process has or had this slug."""
    return ProcessSlug.objects.filter(pk=slug).exists()
