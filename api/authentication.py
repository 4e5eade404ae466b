"""Who calls: a session of the browser, or a bearer token."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from process.people.actions import note_use
from process.people.models import ApiToken, User
from process.people.queries import token_for
from process.people.vocab import Scope


class BearerAuthentication(BaseAuthentication):
    """Authorization: Bearer <secret>."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return user and token; nothing where no bearer token was sent."""
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        now = timezone.now()
        token = token_for(secret.strip().decode("ascii", "replace"), now=now)
        if token is None:
            raise AuthenticationFailed(_("Dieser API-Schlüssel gilt nicht."))
        note_use(token, now=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in."""
        return 'Bearer realm="api"'


class ScopePermission(BasePermission):
    """Anybody may ask; writing needs an account, and a token of the scope "write"."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether this method is open to the caller at all."""
        if request.method in SAFE_METHODS:
            return True
        if not request.user.is_authenticated:
            return False
        token: Any = request.auth
        return token is None or token.scope == Scope.WRITE


class BearerScheme(OpenApiAuthenticationExtension):
    """Describe bearer tokens in the schema."""

    target_class = "api.authentication.BearerAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme of RFC 6750."""
        return {"type": "http", "scheme": "bearer"}
