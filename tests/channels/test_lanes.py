"""Lanes: order within one, company across them, room shared fairly, an end in time; and a store that is away."""

import asyncio
from collections.abc import Callable, Iterator, Sequence

from bot.delivery.lanes import Lanes
from bot.delivery.threads import Threads
from bot.store import StoreError


def test_order_within_a_lane_and_room_shared_fairly() -> None:
    begun: list[tuple[str, int]] = []
    at_once = [0, 0]

    async def work(lane: str, item: int) -> None:
        begun.append((lane, item))
        at_once[0] += 1
        at_once[1] = max(at_once)
        await asyncio.sleep(0)
        at_once[0] -= 1
        if item == 1:
            raise ValueError("one bad item")

    async def main() -> None:
        lanes = Lanes[int](work, 2)
        for item in range(20):
            lanes.add("full", item)
        for lane in ("a", "b", "c"):
            lanes.add(lane, 0)
        await lanes.stop(5, drain=True)

    asyncio.run(main())
    assert [item for lane, item in begun if lane == "full"] == list(range(20))
    assert at_once[1] == 2
    assert {lane for lane, _ in begun[:8]} == {"full", "a", "b", "c"}


def test_stopping_ends_what_hangs_and_begins_nothing() -> None:
    begun: list[int] = []

    async def work(_lane: str, item: int) -> None:
        begun.append(item)
        await asyncio.Event().wait()

    async def main() -> None:
        lanes = Lanes[int](work, 2)
        lanes.add("a", 1)
        lanes.add("a", 2)
        await asyncio.sleep(0)
        await lanes.stop(0.01)
        lanes.add("b", 3)
        await asyncio.sleep(0)

    asyncio.run(main())
    assert begun == [1]


def test_a_store_that_is_away_is_waited_for() -> None:
    answers: Iterator[StoreError | int] = iter([StoreError("away"), 7])

    def ask() -> int:
        answer = next(answers)
        if isinstance(answer, StoreError):
            raise answer
        return answer

    def apart(works: Sequence[Callable[[], int]]) -> list[int | Exception]:
        try:
            return [work() for work in works]
        except StoreError as error:
            return [error] * len(works)

    async def main() -> int:
        threads = Threads(apart, 1)
        try:
            return await threads.surely(ask)
        finally:
            threads.stop()

    assert asyncio.run(main()) == 7
