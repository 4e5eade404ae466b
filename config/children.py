"""Keep child processes alive, and leave none behind."""

import ctypes
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic

log = logging.getLogger(__name__)

Run = Callable[[], object]

STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
STOP_WITHIN = 8.0
STEADY_AFTER = 5.0
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0

# From linux/prctl.h.
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Child:
    """A process to keep: what it runs, and how it fared."""

    name: str
    run: Run
    pid: int = 0
    started: float = 0.0
    falls: int = 0
    due: float = field(default_factory=monotonic)


def die_with(parent: int, sign: signal.Signals = signal.SIGKILL) -> None:
    """Let the kernel send `sign` to this process when its parent ends, however it ends."""
    libc.prctl(PR_SET_PDEATHSIG, int(sign))
    # The parent may have gone between the fork and the call.
    if os.getppid() != parent:
        os._exit(1)


def keep(runs: dict[str, Run], *, stop_within: float = STOP_WITHIN) -> None:
    """Run each of `runs` in a process group of its own, again when it ends, until told to stop.

    Return when SIGTERM, SIGINT or SIGHUP came and every process has ended; those that still run
    `stop_within` seconds later are killed.
    """
    stops = {stop for stop in STOPS if _heeded(stop)}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {*stops, signal.SIGCHLD})
    children = [Child(name, run) for name, run in runs.items()]
    try:
        while True:
            for child in children:
                if not child.pid and child.due <= monotonic():
                    _start(child, before)
            heard = signal.sigtimedwait({*stops, signal.SIGCHLD}, _until_next(children))
            if heard and heard.si_signo in stops:
                break
            for child, status in _ended(children):
                _put_off(child, status)
    finally:
        _stop(children, stop_within)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _heeded(stop: signal.Signals) -> bool:
    """Tell whether a signal should stop us: not a hang-up that `nohup` told us to ignore."""
    return stop != signal.SIGHUP or signal.getsignal(stop) != signal.SIG_IGN


def _until_next(children: list[Child]) -> float:
    now = monotonic()
    return min((max(0.0, child.due - now) for child in children if not child.pid), default=60.0)


def _start(child: Child, mask: Iterable[int]) -> None:
    parent = os.getpid()
    child.started = monotonic()
    sys.stdout.flush()
    sys.stderr.flush()
    child.pid = os.fork()
    if child.pid:
        return
    status = 1
    try:
        os.setsid()
        die_with(parent)
        libc.prctl(PR_SET_NAME, f"teilhabe-{child.name}".encode())
        for stop in STOPS:
            signal.signal(stop, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        child.run()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _ended(children: list[Child]) -> Iterator[tuple[Child, int]]:
    """Yield the children that have ended, each with its exit status, its whole group gone."""
    for child in children:
        if not child.pid:
            continue
        # Look first and reap last: until then nobody else can be given the group's number.
        if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            _kill_group(child)
            _, status = os.waitpid(child.pid, 0)
            child.pid = 0
            yield child, os.waitstatus_to_exitcode(status)


def _put_off(child: Child, status: int) -> None:
    """Set when a fallen child starts again: at once at first, later when it keeps falling."""
    now = monotonic()
    steady = now - child.started >= STEADY_AFTER
    child.falls = 0 if steady else child.falls + 1
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**child.falls)
    child.due = now + pause
    log.warning("%s ended with %s; it starts again in %.1f s", child.name, status, pause)


def _stop(children: list[Child], within: float) -> None:
    deadline = monotonic() + within
    for child in children:
        if child.pid:
            os.kill(child.pid, signal.SIGTERM)
    while any(child.pid for child in children) and (left := deadline - monotonic()) > 0:
        for _ in _ended(children):
            pass
        if any(child.pid for child in children):
            signal.sigtimedwait({signal.SIGCHLD}, left)
    for child in children:
        if child.pid:
            _kill_group(child)
            os.waitpid(child.pid, 0)
            child.pid = 0


def _kill_group(child: Child) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        # It fell before it had a group of its own.
        os.kill(child.pid, signal.SIGKILL)
