"""Business is done in actions: nobody else writes, and no action forgets the law or the journal."""

import ast

import pytest

from process.base import access
from process.base.moves import StateTable
from process.base.rooms import modules
from tests.house.tree import called, functions, parsed, python

WRITING = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
# Who writes beside the actions, and why it may.
OTHERS = {
    "process/base/revisions.py": "the one way in which a revision is saved",
    "process/people/models.py": "makes logins, called by actions",
    "meetings/schedule/changes.py": "the one way in which a meeting is saved",
    "meetings/schedule/feeds.py": "versions of feeds, moved by the clock",
    "meetings/schedule/queries.py": "opens the version row of a feed at its first reading",
    "meetings/schedule/suspension.py": "one deed over many meetings",
    "api/idempotency.py": "keeps replies with the deed",
}
DRAWS = {"save", "create"}
SEEDS = {"seed", "commands"}


def actions():
    files = [p for p in python("process", "meetings") if p.name.endswith("actions.py")]
    return [
        (path, node)
        for path in [*files, *_suspensions()]
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
    ]


def _suspensions():
    return [p for p in python("meetings") if p.name == "suspension.py"]


def public_actions():
    return [
        pytest.param(path, node, id=f"{path}:{node.name}")
        for path, node in actions()
        if not node.name.startswith("_")
        and "by" in {arg.arg for arg in node.args.kwonlyargs}
        and path.parts[1] != "journal"
    ]


def reached(path, node):
    """Name what a function calls, itself or through private functions of its module."""
    here = {fn.name: fn for fn in functions(path)}
    names, todo = set(), [node]
    while todo:
        fresh = called(todo.pop()) - names
        names |= fresh
        todo.extend(here[name] for name in fresh if name in here)
    return names


def test_only_actions_write():
    writers = {
        str(path)
        for path in python("process", "meetings", "api", "web")
        if not path.name.endswith("actions.py") and not SEEDS & set(path.parts)
        for node in functions(path)
        if called(node) & WRITING
    }

    assert writers - OTHERS.keys() <= {"web/admin.py"}


@pytest.mark.parametrize(("path", "node"), public_actions())
def test_every_action_is_atomic_requires_a_right_and_leaves_a_trace(path, node):
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}

    assert "transaction.atomic" in decorators
    assert "require" in reached(path, node)
    assert reached(path, node) & {"record", "record_all"}


def test_every_verb_of_a_state_table_is_an_act_of_the_law():
    modules("access")
    known = {str(act) for table in access.tables().values() for act in table}
    nouns = {"publicity": "meeting"}
    tables = [t for m in modules("states") for t in vars(m).values() if isinstance(t, StateTable)]
    verbs = {f"{nouns.get(t.noun, t.noun)}.{verb}" for t in tables for verb in t.verbs}

    assert tables
    assert verbs - known == set()


def test_no_signals_and_no_save_magic():
    magic = [
        f"{path}:{node.name}"
        for path in python("process", "meetings")
        for node in functions(path)
        if node.name in {"save", "delete", "full_clean"} and "models" in path.name
    ]
    listeners = [
        str(path)
        for path in python()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("django.db.models.signals")
    ]

    assert magic == []
    assert listeners == []


def test_the_domain_knows_no_http():
    doors = ("django.http", "django.shortcuts", "django.urls", "django.forms", "django.views")
    found = [
        f"{path}: {node.module}"
        for path in python("process", "meetings")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(doors)
    ]

    assert found == []


def test_time_is_read_at_the_door():
    clocks = {"now", "today", "localtime", "utcnow", "localdate"}
    readers = {
        f"{path}:{node.name}"
        for path in python("process", "meetings")
        if not {"tasks.py"} & {path.name} and "commands" not in path.parts
        for node in functions(path)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in clocks
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"timezone", "datetime", "date"}
        and not (call.func.attr == "localtime" and call.args)
    }

    assert readers == set()
