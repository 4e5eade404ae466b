"""Words of the plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a process stands."""

    PREPARED = "prepared", _("in Vorbereitung")
    RUNNING = "running", _("läuft")
    SUSPENDED = "suspended", _("ausgesetzt")
    CONCLUDED = "concluded", _("abgeschlossen")


class PhaseState(models.TextChoices):
    """Where a phase stands."""

    PLANNED = "planned", _("kommt noch")
    OPEN = "open", _("läuft gerade")
    CLOSED = "closed", _("abgeschlossen")


class PhaseKind(models.TextChoices):
    """What a phase is for."""

    MANDATE = "mandate", _("Auftrag")
    KICK_OFF = "kick_off", _("Auftakt")
    DRAFTING = "drafting", _("Strategiepapier")
    CONSULTATION = "consultation", _("Öffentliche Beratung")
    RESOLUTION = "resolution", _("Beschluss")
    CATALOGUE = "catalogue", _("Ziel- und Maßnahmenkatalog")
    IMPLEMENTATION = "implementation", _("Umsetzung")


class GateKind(models.TextChoices):
    """What an open phase lets people do."""

    CONTRIBUTIONS = "contributions", _("Beiträge einreichen")
    INQUIRIES = "inquiries", _("Fragen stellen")
    DRAFTING = "drafting", _("am Papier schreiben")
    AMENDMENTS = "amendments", _("Änderungsanträge stellen")
    CONSULTATION = "consultation", _("öffentlich Stellung nehmen")
    CATALOGUE = "catalogue", _("am Katalog arbeiten")


class MilestoneKind(models.TextChoices):
    """Why a day is marked in the calendar."""

    MILESTONE = "milestone", _("Meilenstein")
    DEADLINE = "deadline", _("Frist")


class Colour(models.TextChoices):
    """Colours of fields of action: names of CSS, for calendars and pages alike."""

    STEELBLUE = "steelblue", _("Stahlblau")
    SEAGREEN = "seagreen", _("Seegrün")
    DARKORANGE = "darkorange", _("Orange")
    MEDIUMORCHID = "mediumorchid", _("Orchidee")
    FIREBRICK = "firebrick", _("Ziegelrot")
    TEAL = "teal", _("Petrol")
    GOLDENROD = "goldenrod", _("Goldgelb")
    SLATEBLUE = "slateblue", _("Schieferblau")
