"""Subscribe to a feed the way people at a terminal do: vdirsyncer fetches, khal shows.

Both are installed apart from us (requirements/clients.txt), as they share libraries with us.
"""

import os
import subprocess
from datetime import date
from pathlib import Path

CLIENTS = Path(__file__).parents[2] / "var" / "clients" / "bin"
FORMAT = "{start-date}|{start-time}|{end-time}|{status}|{title}|{location}"

_VDIRSYNCER = """\
[general]
status_path = "{folder}/status/"

[pair feed]
a = "local"
b = "remote"
collections = null
conflict_resolution = "b wins"

[storage local]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"

[storage remote]
type = "http"
url = "{url}"
"""

_KHAL = """\
[calendars]
[[feed]]
path = {folder}/calendar/
readonly = True

[sqlite]
path = {folder}/khal.db

[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def clients() -> Path:
    """Return the folder of both programs: KHAL_BIN, or the project's own."""
    return Path(os.environ.get("KHAL_BIN", CLIENTS))


def missing() -> str:
    """Say what is missing to subscribe ("" = nothing)."""
    absent = [name for name in ("khal", "vdirsyncer") if not (clients() / name).is_file()]
    return f"{' and '.join(absent)} not installed (requirements/clients.txt)" if absent else ""


def subscribe(
    url: str, folder: Path, *, first: date, last: date, zone: str = "Europe/Berlin"
) -> list[str]:
    """Fetch a feed into `folder` and list its events; again with the same folder, update it.

    Returns khal's lines in FORMAT and order for the days from `first` to `last`, both included.
    Raises RuntimeError with the output of the program that failed or complained.
    """
    (folder / "calendar").mkdir(parents=True, exist_ok=True)
    (folder / "vdirsyncer").write_text(_VDIRSYNCER.format(folder=folder, url=url))
    (folder / "khal").write_text(_KHAL.format(folder=folder, zone=zone))
    synchronise = ["vdirsyncer", "--config", f"{folder}/vdirsyncer", "--verbosity", "WARNING"]
    _run(folder, *synchronise, "discover", "feed")
    _run(folder, *synchronise, "sync", "feed")
    shown = ["khal", "--no-color", "--config", f"{folder}/khal", "list", "--format", FORMAT]
    days = (first.isoformat(), last.isoformat())
    return _run(folder, *shown, "--day-format", "", *days).splitlines()


def _run(folder: Path, program: str, *arguments: str) -> str:
    variables = {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    run = subprocess.run(
        [clients() / program, *arguments],
        env=variables,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if run.returncode or run.stderr:
        raise RuntimeError(f"{program}: {run.returncode}\n{run.stdout}{run.stderr}")
    return run.stdout
