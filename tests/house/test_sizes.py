"""Laws of size and of names."""

from collections import Counter

import pytest

from tests.house.tree import ROOT, functions, python, tracked

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
FULLEST_FOLDER = 15
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service"}
NAMELESS |= {"manager", "managers"}


@pytest.mark.parametrize("suffix", [".py", ".html", ".css", ".js"])
def test_files_stay_readable(suffix):
    own = [p for p in tracked() if p.suffix == suffix and "vendor" not in p.parts]
    own = [p for p in own if "migrations" not in p.parts]
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in own}

    assert lengths
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_functions_stay_readable():
    long = [
        f"{path}:{node.name} {node.end_lineno - node.lineno + 1}"
        for path in python()
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []


def test_folders_stay_clear():
    count = Counter(path.parent for path in python() if path.name != "__init__.py")

    assert {str(folder): n for folder, n in count.items() if n > FULLEST_FOLDER} == {}


def test_every_module_has_a_name_of_its_own():
    words = {str(path): {path.stem, *path.parts} & NAMELESS for path in python()}

    assert {path: found for path, found in words.items() if found} == {}


def test_every_module_says_what_it_is():
    import ast

    from tests.house.tree import parsed

    silent = [
        str(path)
        for path in python("config", "web", "api", "meetings", "process")
        if parsed(path).body and not ast.get_docstring(parsed(path))
    ]

    assert silent == []
