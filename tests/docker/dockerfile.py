"""Carry out a Dockerfile without an engine: each stage is a folder, each RUN enters it as root."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from config.env import ROOT

# Enter a folder as if it were the whole machine. With "ro", as compose has it, only /tmp and /data
# can be written to.
ENTER = """
set -e
root=$1 mode=$2 data=$3 user=$4; shift 4
touch "$root/etc/resolv.conf" "$root/etc/hosts"
mount --bind "$root" "$root"
if [ "$mode" = ro ]; then mount -o remount,ro,bind "$root"; fi
mount --rbind /dev "$root/dev"
mount --bind /proc "$root/proc"
for part in ssl resolv.conf hosts; do mount --bind "/etc/$part" "$root/etc/$part"; done
if [ "$mode" = ro ]; then
    mount -t tmpfs tmpfs "$root/tmp"
    mount --bind "$data" "$root/data"
fi
exec /usr/sbin/chroot --userspec="$user:$user" "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$@"
"""


@dataclass
class Stage:
    """A file system being built, and what the image will remember of it."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "0"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)


def instructions(dockerfile: str) -> list[tuple[str, str]]:
    """Return the steps of a Dockerfile as (WORD, rest), comments gone and lines joined."""
    lines = [line for line in dockerfile.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    steps = (line.strip().partition(" ") for line in joined.splitlines() if line.strip())
    return [(word.upper(), rest.strip()) for word, _, rest in steps]


def left_out(path: str, patterns: list[str]) -> bool:
    """Tell whether .dockerignore keeps a path, or a folder above it, out of the image."""
    parts = path.split("/")
    heads = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return any(re.fullmatch(_expression(glob), head) for glob in patterns for head in heads)


def _expression(glob: str) -> str:
    special = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?|\[[^]]*\])", glob.strip("/"))
    return "".join(
        special.get(piece) or (piece if piece.startswith("[") else re.escape(piece))
        for piece in pieces
    )


class Builder:
    """Carry out the steps of a Dockerfile, one after the other."""

    def __init__(self, base: Path, folder: Path) -> None:
        self.base, self.folder = base, folder
        self.stages: dict[str, Stage] = {}
        self.arguments: dict[str, str] = {}
        self.patterns = [
            line
            for line in (ROOT / ".dockerignore").read_text().splitlines()
            if line and not line.startswith("#")
        ]

    def build(self) -> Stage:
        """Return the last stage."""
        for word, rest in instructions((ROOT / "docker" / "Dockerfile").read_text()):
            say(f"{word} {rest[:90]}")
            getattr(self, f"do_{word.lower()}")(rest)
        return self.stage

    def do_arg(self, rest: str) -> None:
        name, _, value = rest.partition("=")
        self.arguments[name] = value

    def do_from(self, rest: str) -> None:
        name = rest.rsplit(maxsplit=1)[-1]
        root = self.folder / name
        subprocess.run(["cp", "-a", str(self.base), str(root)], check=True)
        self.stage = self.stages[name] = Stage(
            root, env={"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
        )

    def do_env(self, rest: str) -> None:
        for pair in shlex.split(rest):
            name, _, value = pair.partition("=")
            known = self.arguments | self.stage.env
            self.stage.env[name] = re.sub(r"\$\{(\w+)\}", lambda word: known[word[1]], value)  # noqa: B023

    def do_workdir(self, rest: str) -> None:
        self.stage.folder = rest
        self.inside(rest).mkdir(parents=True, exist_ok=True)

    def do_copy(self, rest: str) -> None:
        words = shlex.split(rest)
        options = dict(word[2:].split("=") for word in words if word.startswith("--"))
        *sources, target = (word for word in words if not word.startswith("--"))
        for source in sources:
            if "from" in options:
                origin = self.stages[options["from"]].root / source.lstrip("/")
                subprocess.run(["cp", "-a", f"{origin}/.", str(self._made(target))], check=True)
            else:
                self._copy_context(source, target)

    def _made(self, target: str) -> Path:
        folder = self.inside(target)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _copy_context(self, source: str, target: str) -> None:
        origin = ROOT / source
        for path in [origin] if origin.is_file() else sorted(origin.rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and not left_out(name, self.patterns):
                below = path.name if origin.is_file() else path.relative_to(origin)
                place = self.inside(target) / below
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, place)

    def inside(self, path: str) -> Path:
        """Return where a path of the image lies on this machine."""
        return self.stage.root / (Path(self.stage.folder) / path).as_posix().lstrip("/")

    def do_run(self, rest: str) -> None:
        started = monotonic()
        process = enter(self.stage, ["/bin/sh", "-c", rest], extra=_registry())
        if process.wait():
            sys.exit(f"RUN failed: {rest}")
        say(f"    {monotonic() - started:.1f} s")

    def do_user(self, rest: str) -> None:
        self.stage.user = rest

    def do_entrypoint(self, rest: str) -> None:
        self.stage.entrypoint = json.loads(rest)

    def do_cmd(self, rest: str) -> None:
        self.stage.command = json.loads(rest)

    def do_healthcheck(self, rest: str) -> None:
        self.stage.health = json.loads(rest[rest.index("[") :])

    def do_volume(self, rest: str) -> None:
        self._made(rest)

    def do_expose(self, rest: str) -> None:
        assert rest.isdigit(), rest


def _registry() -> dict[str, str]:
    """Return what this machine tells its own installers, such as where its certificates lie."""
    wanted = ("PIP_CERT", "PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT", "UV_", "SSL_", "HTTP", "NO_PROXY")
    return {name: value for name, value in os.environ.items() if name.upper().startswith(wanted)}


def enter(
    stage: Stage,
    command: list[str],
    *,
    extra: dict[str, str],
    data: Path | None = None,
    **options: object,
) -> subprocess.Popen:
    """Start a command in a stage; with `data` as /data and all else read-only, as compose does."""
    arguments = [str(stage.root), "ro" if data else "rw", str(data or ""), stage.user, stage.folder]
    return subprocess.Popen(
        [
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            ENTER,
            "sh",
            *arguments,
            *command,
        ],
        env=stage.env | extra,
        **options,
    )


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
