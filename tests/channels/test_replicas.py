"""Several bots on one PostgreSQL server: any takes any update, a chat's stay in order, one that dies is replaced."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.bot import Telegram
from bot.delivery import sentences
from bot.delivery.service import MOST_AT_ONCE, Delivery, Service
from bot.process.lock import LockError
from bot.running.wiring import alone
from bot.store import open_store
from tests.botapi import DEADLINE, BotApi, Fault
from tests.channels.harness import LEASE, Parrot, settings_for
from tests.channels.processes import once, process

CHATS = (5, 6, 7, 8)


@pytest.fixture
def folders(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, Path]]:
    """Two data folders on one database."""
    with request.getfixturevalue("postgres").database() as address:
        made = tmp_path / "a", tmp_path / "b"
        for folder in made:
            folder.mkdir()
            (folder / "database").write_text(address)
        yield made


# Longer than any lease.
LONG = 60.0


class Clock:
    """It stands still."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def channels(
    api: BotApi, folders: tuple[Path, ...], parrots: Sequence[Parrot] = (), clock: Clock | None = None
) -> Any:
    """A channel per folder, all in this process."""
    async with AsyncExitStack() as held:
        made = []
        for folder, parrot in zip_longest(folders, parrots):
            settings = settings_for(api, folder)
            store = open_store(settings.database, clock)
            held.callback(store.close)
            channel = Delivery(Telegram, Service(settings, store, parrot or Parrot(folder)))
            working = asyncio.create_task(channel.work())
            held.push_async_callback(_ended, channel, working)
            made.append(channel)
        yield made


async def _ended(channel: Delivery, working: asyncio.Task[None]) -> None:
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await channel.stop()


def test_updates_of_one_chat_given_to_either_are_answered_in_order(api: BotApi, folders: tuple[Path, Path]) -> None:
    async def main() -> None:
        async with channels(api, folders) as (first, second):
            await asyncio.to_thread(api.until, lambda: len(api.made("getMe")) >= 2)
            for number in range(1, 25):
                for chat in CHATS:
                    one = first if (number + chat) % 2 else second
                    update = {"update_id": api.next(), "message": api.message(chat, text=f"m{number}")}
                    await one.intake.put([update])
                    if number % 5 == 0:
                        await second.intake.put([update])
            await asyncio.to_thread(
                api.until, lambda: all(len(api.texts(chat)) >= 24 for chat in CHATS), "all are answered"
            )

    asyncio.run(main())
    for chat in CHATS:
        assert api.texts(chat) == [f"{number} m{number}" for number in range(1, 25)]


def test_one_polls_and_when_it_dies_the_other_goes_on_within_seconds(api: BotApi, folders: tuple[Path, Path]) -> None:
    with ExitStack() as held:
        first = held.enter_context(process(api, folders[0]))
        api.say(5, "a")
        api.until_texts(5, "1 a")
        held.enter_context(process(api, folders[1]))
        api.until(lambda: len(api.made("getMe")) >= 2)
        for number in range(1, 6):
            for chat in (6, 7):
                api.say(chat, f"m{number}")
        api.until(lambda: len(api.messages) >= 4)
        first.process.kill()
        began = time.monotonic()
        wanted = [f"{number} m{number}" for number in range(1, 6)]
        api.until(lambda: all(once(api.texts(chat)) == wanted for chat in (6, 7)))
        api.say(5, "b")
        api.until(lambda: once(api.texts(5)) == ["1 a", "2 b"])
        assert time.monotonic() - began < 8 * LEASE
    assert "409" not in (folders[1] / "log").read_text()


def test_one_that_stops_hands_over_at_once_and_a_wait_is_shared(api: BotApi, folders: tuple[Path, Path]) -> None:
    async def main() -> None:
        async with channels(api, folders) as (first, second):
            api.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 1}))
            await first.intake.put([{"update_id": api.next(), "message": api.message(5, text="two")}])
            await asyncio.to_thread(api.until, lambda: api.made("sendMessage"))
            told = time.monotonic()
            second.sender.wake("tg:5")
            await asyncio.to_thread(api.until_texts, 5, "一", "二")
            assert time.monotonic() - told > 0.7

    asyncio.run(main())


def test_a_file_goes_out_though_the_machine_that_made_it_is_gone(
    api: BotApi, folders: tuple[Path, Path], never: threading.Event
) -> None:
    api.fail("sendDocument", Fault(gate=never))
    with process(api, folders[0]):
        api.say(5, "file")
        api.until(lambda: api.made("sendDocument"))
    shutil.rmtree(folders[0])
    with process(api, folders[1]):
        api.until(lambda: [text[:14] for text in api.texts(5)] == ["《申报书 第1版.docx》"])


def test_two_on_one_sqlite_file_are_refused_wherever_their_folders_are(api: BotApi, tmp_path: Path) -> None:
    shared = f"sqlite:///{tmp_path / 'shared' / 'x.db'}"
    first = settings_for(api, tmp_path / "a", database_url=shared)
    second = settings_for(api, tmp_path / "b", database_url=shared)
    with alone(first), pytest.raises(LockError, match="正被另一个申报助手使用"), alone(second):
        pass
    with alone(second):
        pass


def test_two_on_one_server_are_welcome(api: BotApi, folders: tuple[Path, Path]) -> None:
    with alone(settings_for(api, folders[0])), alone(settings_for(api, folders[1])):
        assert all((folder / "running.lock").exists() for folder in folders)


def in_hand(parrots: list[Parrot]) -> int:
    """Which of them has the message in hand: whoever was quicker."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        for at, parrot in enumerate(parrots):
            if parrot.begun.wait(0.02):
                return at
    raise AssertionError("nobody began")


def test_one_too_slow_for_its_lease_says_nothing_and_nobody_begins_twice(
    api: BotApi, folders: tuple[Path, Path]
) -> None:
    clock, parrots = Clock(), [Parrot(folder) for folder in folders]
    slow = {"update_id": api.next(), "message": api.message(5, text="slow")}

    async def main() -> None:
        async with channels(api, folders, parrots, clock) as both:
            await asyncio.to_thread(api.until, lambda: len(api.made("getMe")) >= 2)
            await both[0].intake.put([slow])
            at = await asyncio.to_thread(in_hand, parrots)
            first, second, slower, quicker = both[at], both[1 - at], parrots[at], parrots[1 - at]
            first.pulse.stop()
            clock.now += LONG
            assert await asyncio.to_thread(quicker.begun.wait, DEADLINE)
            for channel in (first, second):
                await channel.intake.put([slow])
            slower.gate.set()
            await first.intake.put([{"update_id": api.next(), "message": api.message(6, text="a")}])
            await asyncio.to_thread(api.until_texts, 6, "1 a")
            assert api.texts(5) == []
            quicker.gate.set()
            await asyncio.to_thread(api.until_texts, 5, "1 slow")
            await first.intake.put([{"update_id": api.next(), "message": api.message(5, text="b")}])
            await asyncio.to_thread(api.until_texts, 5, "1 slow", "2 b")

    asyncio.run(main())
    for parrot in parrots:
        assert [one.text for one in parrot.heard].count("slow") == 1


def test_a_flooding_chat_is_told_so_by_one_of_them_only(api: BotApi, folders: tuple[Path, Path]) -> None:
    parrots = [Parrot(folder) for folder in folders]

    async def main() -> None:
        async with channels(api, folders, parrots) as both:
            await asyncio.to_thread(api.until, lambda: len(api.made("getMe")) >= 2)
            await both[0].intake.put([{"update_id": api.next(), "message": api.message(5, text="slow")}])
            for channel in both:
                many = [{"update_id": api.next(), "message": api.message(5, text="m")} for _ in range(MOST_AT_ONCE + 5)]
                await channel.intake.put(many)
                await asyncio.to_thread(api.until, lambda: sentences.FLOOD in api.texts(5), "told")
            for parrot in parrots:
                parrot.gate.set()
            await asyncio.to_thread(api.until, lambda: len(api.texts(5)) == 2 * MOST_AT_ONCE + 12, "all answered")

    asyncio.run(main())
    assert api.texts(5).count(sentences.FLOOD) == 1
