"""Work on a stranger's file in a child process: little time, little memory, no new files; JSON comes back.

A process of one thread forks, which costs some milliseconds; one with several starts a new interpreter, because locks
held by its other threads would stay held in a fork.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

with contextlib.suppress(ImportError):  # Windows has no such bounds, and no document is read there
    import resource

ROOT: Final = Path(__file__).parents[2]
CHUNK: Final = 1 << 16


@dataclass(frozen=True)
class Limits:
    """Seconds of work, seconds on the clock, bytes of memory beyond the parent's, bytes of a written file."""

    cpu: int = 10
    wall: int = 15
    memory: int = 1 << 30
    written: int = 0


LIMITS: Final = Limits()
TOLD: Final = 200_000_000  # bytes of an answer


class LostError(Exception):
    """The work came to nothing: it ran over a bound, or the file broke its reader; `why` is for a log."""

    def __init__(self, reason: Literal["slow", "memory", "broken"], why: str = "") -> None:
        super().__init__(reason, why)
        self.reason, self.why = reason, why


Job = tuple[Any, ...]
Work = Callable[..., Any]


def bounded(work: Work, *arguments: Any, limits: Limits = LIMITS) -> Any:
    """What `work(*arguments)` returns, as JSON has it; LostError when there is nothing.

    `work` is a function of a module, its arguments can be pickled. What it needs should be imported before.
    """
    (told,) = bounded_each(work, [arguments], limits)
    if isinstance(told, LostError):
        raise told
    return told


def bounded_each(work: Work, jobs: Sequence[Job], limits: Limits = LIMITS) -> Iterator[Any]:
    """The same for many jobs in order, a LostError in the place of each one lost; the bounds hold for each.

    They share a child until one is lost, which saves most of its cost.
    """
    run = _forked if _threads() == 1 and hasattr(os, "fork") else _started
    for raw, code in run(work, jobs, limits):
        try:
            told = json.loads(raw)
        except ValueError:
            told = {}
        slow = code in (-signal.SIGXCPU, -signal.SIGKILL)
        lost = LostError(told.get("lost", "slow" if slow else "broken"), told.get("why", f"exit {code}"))
        yield told.get("value", lost)


def _threads() -> int:
    """How many threads the process has, those that Python doesn't know of too where the system tells."""
    with contextlib.suppress(OSError):
        return sum(1 for _ in Path("/proc/self/task").iterdir())
    return threading.active_count()


# ---------------------------------------------------------------- the parent's side
def _forked(work: Work, jobs: Sequence[Job], limits: Limits) -> Iterator[tuple[bytes, int]]:
    """What came of each job, with the child's end where nothing came; after a loss a new child goes on."""
    left = list(jobs)
    while left:
        pipe, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            _serve(lambda: (work, left), theirs, limits)
        os.close(theirs)
        try:
            for line in _lines(pipe, limits.wall):
                left.pop(0)
                yield line, 0
        finally:
            os.close(pipe)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
        if left:
            left.pop(0)
            yield b"", os.waitstatus_to_exitcode(status)


def _lines(pipe: int, wall: float) -> Iterator[bytes]:
    """Whole lines as they come, until the other end is closed or one takes too long or grows too large."""
    parts: list[bytes] = []
    deadline = time.monotonic() + wall
    while select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
        part = os.read(pipe, CHUNK)
        if not part or sum(map(len, parts)) > TOLD:
            return
        *whole, rest = part.split(b"\n")
        for end in whole:
            yield b"".join([*parts, end])
            parts, deadline = [], time.monotonic() + wall
        parts.append(rest)


def _started(work: Work, jobs: Sequence[Job], limits: Limits) -> Iterator[tuple[bytes, int]]:
    """The same with an interpreter for each job."""
    command = [sys.executable, "-m", "knowledge.files.bounded"]
    for job in jobs:
        given = pickle.dumps((work, [job], limits))
        try:
            done = subprocess.run(command, input=given, capture_output=True, timeout=limits.wall, check=False, cwd=ROOT)
            yield done.stdout[:TOLD], done.returncode
        except subprocess.TimeoutExpired:
            yield b"", -signal.SIGKILL


# ---------------------------------------------------------------- the child's side
def _serve(given: Callable[[], tuple[Work, Sequence[Job]]], pipe: int, limits: Limits) -> None:
    """Do the work and leave at once, whatever happens: nothing of the parent may run on in here."""
    code = 1
    try:
        gc.disable()  # it would copy every page it looks at, and the process is gone in a moment
        _quiet(pipe)
        _bind(limits)
        work, jobs = given()
        with open(pipe, "wb") as out:
            for job in jobs:
                _grant(limits.cpu)
                out.write(json.dumps(_done(work, job)).encode() + b"\n")
                out.flush()
        code = 0
    finally:
        os._exit(code)


def _done(work: Work, arguments: Job) -> dict[str, Any]:
    try:
        return {"value": work(*arguments)}
    except MemoryError:
        return {"lost": "memory"}
    except Exception as error:  # libraries raise whatever they like on a damaged file; this process exists for that
        return {"lost": "broken", "why": repr(error)[:500]}


def _quiet(pipe: int) -> None:
    """What a library prints goes nowhere; an interrupt is the parent's business."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        if stream != pipe:
            os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = os.fdopen(nowhere, "w")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _bind(limits: Limits) -> None:
    bounds = {
        resource.RLIMIT_AS: _mapped() + limits.memory,
        resource.RLIMIT_FSIZE: limits.written,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in bounds.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _grant(seconds: int) -> None:
    """So many seconds of work from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(ValueError, OSError):
        soft = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _mapped() -> int:
    """The bytes of address space a process has before it begins."""
    with contextlib.suppress(OSError, ValueError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def main() -> None:
    """Serve one job from standard input."""
    work, jobs, limits = pickle.loads(sys.stdin.buffer.read())  # given by our own parent
    _serve(lambda: (work, jobs), os.dup(1), limits)


if __name__ == "__main__":
    main()
