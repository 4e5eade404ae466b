"""The law about people."""

from enum import StrEnum
from typing import Any

import rules

from process.base.access import is_administrator, register


class Act(StrEnum):
    """What can be done about people."""

    INTRODUCE = "person.introduce"
    CONNECT = "person.connect"
    OPEN_ACCOUNT = "user.open_account"
    ISSUE_TOKEN = "user.issue_token"
    REVOKE_TOKEN = "api_token.revoke"


@rules.predicate
def is_oneself(user: Any, subject: Any) -> bool:
    """The account's owner."""
    return user == subject


@rules.predicate
def owns_token(user: Any, token: Any) -> bool:
    """The token's owner."""
    return token.user_id == user.pk


register(
    "person",
    {
        Act.INTRODUCE: is_administrator,
        Act.CONNECT: is_administrator,
    },
)
register(
    "user", {Act.OPEN_ACCOUNT: is_administrator, Act.ISSUE_TOKEN: is_oneself | is_administrator}
)
register("api_token", {Act.REVOKE_TOKEN: owns_token | is_administrator})
