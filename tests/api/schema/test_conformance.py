"""Random requests by the description: never a 5xx, and every reply as it is described."""

from functools import cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from schemathesis import checks

from config.wsgi import application
from tests.api.callers import key
from tests.api.world import NOUNS

checks.load_all_checks()
SEED = 2020
EXAMPLES = 8
CHECKS = [
    checks.not_a_server_error,
    *checks.CHECKS.get_by_names(
        [
            "status_code_conformance",
            "content_type_conformance",
            "response_headers_conformance",
            "response_schema_conformance",
        ]
    ),
]
HURRIED = settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _one_connection():
    """Let requests keep the connection of the test, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@cache
def operations():
    """Return every described operation, by noun; the description is read as it is served."""
    described = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    found = {}
    for result in described.get_all_operations():
        operation = result.ok()
        noun = operation.path.removeprefix("/api/v1/").partition("/")[0]
        found.setdefault(noun, []).append(operation)
    return found


def exercise(operation, row, secret):
    """Call one operation with random words, on a known object; what it does is undone."""

    @seeded(SEED)
    @HURRIED
    @given(case=operation.as_strategy())
    def run(case):
        if "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = str(row.pk)
        with transaction.atomic():
            reply = case.call(headers={"Authorization": f"Bearer {secret}", "If-Match": "*"})
            transaction.set_rollback(True)
        case.validate_response(reply, checks=CHECKS)

    run()


@pytest.mark.parametrize("noun", NOUNS)
def test_replies_are_as_described(world, noun):
    secret = key(world.coordinator)
    for operation in operations()[noun]:
        exercise(operation, world.rows[noun], secret)


def test_no_operation_is_left_out(db):
    assert {"", "me", "schema", "docs", *NOUNS} >= set(operations()) >= set(NOUNS)
