"""The files of the house, as the laws see them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("config", "web", "api", "meetings", "process")


@cache
def tracked() -> list[Path]:
    """List the files of the checkout that are not ignored, relative to its root."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [Path(line) for line in listing.stdout.splitlines() if (ROOT / line).is_file()]


def python(*floors: str) -> list[Path]:
    """List the Python files of some floors, or of all of the checkout; no migrations."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and (not floors or path.parts[0] in floors)
    ]


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse((ROOT / path).read_text())


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """List the functions and methods of a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(parsed(path)) if isinstance(node, kinds)]


def called(node: ast.AST) -> set[str]:
    """Name what is called inside a node, by the last part of the name."""
    names = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            target = call.func
            names.add(
                target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
            )
    return names
