"""The OpenAPI description is valid, whole and true to its name."""

import io
import re

import pytest
import yaml
from django.core.management import call_command

from api.urls import NOUNS as DOORS
from api.urls import router

READ = {"400", "401", "404", "406", "429"}
WRITE = READ | {"403", "409", "412", "413", "415", "422", "428"}


@pytest.fixture(scope="module")
def description():
    """The description as the command writes it, validated, with warnings as errors."""
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    return yaml.safe_load(out.getvalue())


def operations(description):
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_openapi_3_1_and_called_teilhabe(description):
    assert description["openapi"].startswith("3.1")
    assert description["info"]["title"] == "Teilhabe"


def test_it_describes_every_route(description):
    described = {(path, method) for path, method, _operation in operations(description)}
    for pattern in router.urls:
        path = str(pattern.pattern).removeprefix("^").removesuffix("$")
        path = "/api/v1/" + path.replace("(?P<pk>[^/]+)", "{id}")
        for method in pattern.callback.actions:
            if method != "head":
                assert (path, method) in described
    assert {("/api/v1/", "get"), ("/api/v1/me/", "get")} <= described


def test_every_operation_tells_how_it_may_refuse(description):
    for path, method, operation in operations(description):
        told = operation["responses"]
        assert told.keys() >= (READ if method == "get" else WRITE), (path, method)
        assert any(code.startswith("2") for code in told)
        for code, answer in told.items():
            if code.startswith("4"):
                assert answer["content"].keys() == {"application/problem+json"}
        assert ("304" in told) == (method == "get")


def test_what_is_made_is_answered_201_and_what_is_deleted_204(description):
    for noun, door in DOORS.items():
        listed = description["paths"][f"/api/v1/{noun}/"]
        if hasattr(door, "create"):
            assert "201" in listed["post"]["responses"], noun
        if hasattr(door, "destroy"):
            detail = description["paths"][f"/api/v1/{noun}/{{id}}/"]
            assert "204" in detail["delete"]["responses"], noun


def test_every_parameter_of_a_list_is_described(description):
    for noun, door in DOORS.items():
        told = {p["name"] for p in description["paths"][f"/api/v1/{noun}/"]["get"]["parameters"]}
        wanted = {*door.filterset_class.base_filters, "cursor", "page_size", "ordering", "count"}
        assert told >= wanted | {"fields"}, (noun, wanted - told)


def test_writes_name_the_headers_that_they_hear(description):
    for path, method, operation in operations(description):
        headers = {p["name"]: p for p in operation.get("parameters", []) if p["in"] == "header"}
        if method in {"patch", "delete"}:
            assert headers["If-Match"]["required"], path
        if method == "post":
            assert "Idempotency-Key" in headers, path


def test_both_ways_to_sign_in_are_described(description):
    kinds = description["components"]["securitySchemes"]

    assert kinds["bearer"] == {"type": "http", "scheme": "bearer"}
    assert kinds["cookieAuth"]["in"] == "cookie"


def test_it_is_served_as_json_and_yaml(anonymous):
    shown = anonymous.get("/schema/?format=json")

    assert shown.json()["info"]["title"] == "Teilhabe"
    assert "json" in shown["Content-Type"]
    assert b"title: Teilhabe" in anonymous.get("/schema/").content


def test_the_reference_loads_nothing_from_elsewhere(anonymous):
    page = anonymous.get("/docs/", headers={"Accept": "text/html"})
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.content.decode())

    assert page.status_code == 200
    assert addresses
    assert all(address.startswith("/") and address[1] != "/" for address in addresses)


def test_only_the_reference_may_have_styles_in_the_page(anonymous):
    reference = anonymous.get("/docs/", headers={"Accept": "text/html"})
    others = anonymous.get("/meetings/")

    assert "style-src 'self' 'unsafe-inline'" in reference["Content-Security-Policy"]
    assert "default-src 'self'" in reference["Content-Security-Policy"]
    assert "script-src" not in reference["Content-Security-Policy"]
    assert "unsafe" not in others["Content-Security-Policy"]
