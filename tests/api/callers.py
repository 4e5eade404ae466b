"""Programs that call the API, each with a key of its own."""

from datetime import datetime
from typing import Any

from rest_framework.test import APIClient

from process.base.access import SYSTEM
from process.people.actions import issue_token
from process.people.models import User
from tests.factories import NOW

ROOT = "/api/v1"


class Client(APIClient):
    """A client that knows the root of the API and the headers of our contract."""

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        """Call a path below the root; whole addresses are taken as they are."""
        whole = path.startswith(("http", "/calendar", ROOT))
        return super().generic(method, path if whole else ROOT + path, *args, **kwargs)

    def edit(self, path: str, body: Any, *, tag: str | None = None) -> Any:
        """PATCH on the state that the object is in now, or on the one that `tag` names."""
        return self.patch(path, body, headers={"If-Match": tag or self.get(path)["ETag"]})

    def remove(self, path: str, *, tag: str | None = None) -> Any:
        """DELETE on the state that the object is in now, or on the one that `tag` names."""
        return self.delete(path, headers={"If-Match": tag or self.get(path)["ETag"]})


def key(user: User, *, scope: str = "write", expires_at: datetime | None = None) -> str:
    """Hand a key to somebody and return its secret."""
    values = {"user_id": user.pk, "name": "Test", "scope": scope, "expires_at": expires_at}
    return issue_token(**values, by=SYSTEM, now=NOW)[1]


def client(user: User | None, **token: Any) -> Client:
    """Return a program of somebody's, or of nobody's."""
    made = Client(raise_request_exception=False)
    if user:
        made.credentials(HTTP_AUTHORIZATION=f"Bearer {key(user, **token)}")
    return made
