"""Work that may be lost: it comes back as JSON, or within its bounds as one plain loss."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from knowledge.files.bounded import Limits, LostError, bounded, bounded_each

TIGHT = Limits(cpu=1, wall=2, memory=64 * 1024 * 1024)


def doubled(number: int) -> dict[str, Any]:
    print("a library that talks")
    return {"value": number * 2, "text": "二"}


def endless() -> None:
    while True:
        pass


def asleep() -> None:
    time.sleep(60)


def greedy() -> int:
    return len(bytearray(256 * 1024 * 1024))


def failing() -> None:
    raise ValueError("what a library raises")


def dying() -> None:
    os._exit(7)


def writing(path: str) -> None:
    Path(path).write_text("x" * 100, "utf-8")


@contextmanager
def company(wanted: bool) -> Iterator[None]:
    """Another thread in the process, which keeps it from forking."""
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    if wanted:
        other.start()
    yield
    over.set()
    if wanted:
        other.join()


BOTH = pytest.mark.parametrize("several", [False, True], ids=("alone", "threads"))


@BOTH
def test_what_comes_back_is_what_was_made(several: bool, capfd: pytest.CaptureFixture[str]) -> None:
    with company(several):
        assert bounded(doubled, 21) == {"value": 42, "text": "二"}
    assert capfd.readouterr().out == ""


@BOTH
@pytest.mark.parametrize(
    ("work", "reason"),
    [(endless, "slow"), (asleep, "slow"), (greedy, "memory"), (failing, "broken"), (dying, "broken")],
)
def test_a_loss_has_a_reason_and_a_bound(work: Callable[[], object], reason: str, several: bool) -> None:
    with company(several), pytest.raises(LostError) as caught:
        bounded(work, limits=TIGHT)
    assert caught.value.reason == reason


@BOTH
def test_nothing_is_written_unless_it_may_be(several: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with company(several):
        with pytest.raises(LostError):
            bounded(writing, str(path))
        assert not path.exists() or path.stat().st_size == 0
        bounded(writing, str(path), limits=Limits(written=1000))
    assert path.stat().st_size == 100


def picky(number: int) -> int:
    if number == 2:
        os._exit(7)
    if number == 3:
        endless()
    if number == 4:
        raise ValueError("what a library raises")
    return number * 10


@BOTH
def test_many_jobs_come_back_in_order_and_the_lost_ones_are_lost_alone(several: bool) -> None:
    with company(several):
        told = list(bounded_each(picky, [(number,) for number in range(1, 6)], TIGHT))
    assert [one.reason if isinstance(one, LostError) else one for one in told] == [10, "broken", "slow", "broken", 50]


def test_work_that_is_no_longer_wanted_leaves_nothing_behind() -> None:
    before = children()
    first = bounded_each(picky, [(1,), (3,)], TIGHT)
    assert next(first) == 10
    first.close()  # type: ignore[attr-defined]
    assert children() == before


def children() -> set[str]:
    """The processes that this one started and that are still there, as their numbers."""
    found = set()
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if file.read_text().rpartition(")")[2].split()[1] == str(os.getpid()):
                found.add(file.parent.name)
    return found


def test_each_job_has_its_own_seconds() -> None:
    assert list(bounded_each(busy, [(0.8,)] * 4, Limits(cpu=1, wall=20))) == [0.8] * 4


def busy(seconds: float) -> float:
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass
    return seconds


def test_no_job_at_all() -> None:
    assert list(bounded_each(picky, [])) == []
