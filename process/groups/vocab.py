"""Words about groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupKind(models.TextChoices):
    """What a group is there for."""

    EXPERT = "expert", _("Expert*innengruppe")
    STEERING = "steering", _("Lenkungsgruppe")
    ADVISORY = "advisory", _("Beratendes Gremium")
    COMMITTEE = "committee", _("Ausschuss")
    COUNCIL = "council", _("Rat")
    OTHER = "other", _("Andere Gruppe")


class SeatRole(models.TextChoices):
    """What the seat is for."""

    ADVISER = "adviser", _("Berater*in")
    INTERNAL_SPEAKER = "internal_speaker", _("Interne*r Sprecher*in")
    EXTERNAL_SPEAKER = "external_speaker", _("Externe*r Sprecher*in")
    CHAIR = "chair", _("Vorsitz")
    DEPUTY = "deputy", _("Stellvertretung")
    SECRETARY = "secretary", _("Geschäftsführung")
    MEMBER = "member", _("Mitglied")
    DELEGATE = "delegate", _("Delegierte*r")


class Side(models.TextChoices):
    """Whom the seat speaks for; the two sides are to be of equal strength."""

    ADMINISTRATION = "administration", _("Verwaltung")
    CIVIL_SOCIETY = "civil_society", _("Zivilgesellschaft")
    OTHER = "other", _("Weitere")


class Standing(models.TextChoices):
    """Whether somebody sits on a seat."""

    VACANT = "vacant", _("unbesetzt")
    OCCUPIED = "occupied", _("besetzt")


SPEAKERS = (SeatRole.INTERNAL_SPEAKER, SeatRole.EXTERNAL_SPEAKER)
REVIEWING = (GroupKind.STEERING, GroupKind.ADVISORY, GroupKind.COMMITTEE)
