"""The container files: valid, consistent with each other, and no more open than they need to be."""

import json
import re
import subprocess
from importlib.resources import files

import pytest
import yaml
from jsonschema.validators import validator_for

from config.env import ROOT
from tests.docker.dockerfile import instructions, left_out

DOCKER = ROOT / "docker"
OURS = ("migrate", "web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DOCKER / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, str]]:
    return instructions((DOCKER / "Dockerfile").read_text())


def test_compose_follows_the_compose_specification(compose):
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema = json.loads(vendored.read_text())

    assert list(validator_for(schema)(schema).iter_errors(compose)) == []


def test_every_service_and_volume_that_is_named_exists(compose):
    for service in compose["services"].values():
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        assert set(service["networks"]) <= set(compose["networks"])
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in compose["volumes"]


@pytest.mark.parametrize("name", OURS)
def test_our_services_have_no_more_rights_than_they_need(compose, name):
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_web_is_reachable_and_only_from_this_machine(compose):
    published = {name: service.get("ports") for name, service in compose["services"].items()}
    assert [name for name, ports in published.items() if ports] == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])
    assert compose["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", OURS)
def test_every_role_is_known_to_the_entrypoint(compose, name):
    roles = re.findall(r"^(\w+)\)", (DOCKER / "entrypoint.sh").read_text(), re.MULTILINE)
    assert compose["services"][name]["command"][0] in roles


def test_the_scripts_parse():
    for script in (DOCKER / "entrypoint.sh", ROOT / ".ci" / "run"):
        subprocess.run(["bash", "-n", script], check=True)


def test_the_image_does_not_run_as_root(steps):
    user = [rest for word, rest in steps if word == "USER"][-1]
    assert int(user) > 0


def test_the_image_is_installed_from_locks(steps):
    installs = re.findall(r"pip install[^&]*", " ".join(rest for _, rest in steps))
    assert len(installs) == 2
    assert all("--require-hashes" in install for install in installs)


@pytest.mark.parametrize(
    ("path", "out"),
    [
        (".env", True),
        (".env.example", False),
        (".git/config", True),
        (".venv/bin/python", True),
        ("var/secret-key", True),
        ("web/__pycache__/urls.cpython-311.pyc", True),
        ("tests/config/test_env.py", True),
        ("teilhabe.sqlite3-wal", True),
        ("manage.py", False),
        ("web/static/web/base.css", False),
        ("process/management/commands/load_lip.py", False),
        ("docker/entrypoint.sh", False),
    ],
)
def test_what_stays_out_of_the_image(path, out):
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert left_out(path, [line for line in lines if line and line[0] != "#"]) is out
