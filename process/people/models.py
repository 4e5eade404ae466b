"""User (a login), Person (a public face, perhaps without a login), ApiToken."""

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from process.base.access import SYSTEM
from process.base.revisions import Record
from process.base.text import Line
from process.people.vocab import Scope


class UserAccounts(BaseUserManager["User"]):
    """Make logins that are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "User":
        """Make a login; without a password it cannot sign in by one."""
        user = self.model(email=self.normalize_email(email).lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **values: Any) -> "User":
        """Make an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **values)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a login whatever the case of the address."""
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """A login."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    name = Line(_("Name"), blank=True)
    language = models.CharField(_("Sprache"), max_length=10, default="de")

    objects = UserAccounts()  # type: ignore[misc,assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("Konto")
        verbose_name_plural = _("Konten")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name that the back office shows."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name that the back office greets with."""
        return str(self)


class PersonQuerySet(models.QuerySet["Person"]):
    """People, as somebody may see them."""

    def visible_to(self, user: Any) -> "PersonQuerySet":
        """Keep those whose name is published, oneself, and for administrators all."""
        if user is SYSTEM or user.is_superuser:
            return self
        published = models.Q(publishes_name=True)
        return self.filter(published | models.Q(user=user) if user.is_authenticated else published)


class Person(Record):
    """Somebody who takes part; the name is public only with consent or by public function."""

    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("Konto")
    )
    name = Line(_("Name"))
    organisation = Line(_("Organisation"), blank=True)
    publishes_name = models.BooleanField(_("Name veröffentlicht"), default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class ApiToken(Record):
    """A key to the API: shown once, stored as a digest, named, scoped, expiring, revocable."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = Line(_("Name"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.READ)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("API-Schlüssel")
        verbose_name_plural = _("API-Schlüssel")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
