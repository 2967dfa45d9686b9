"""Every step between receiving an update and the reply's arrival: a process that dies there, and the one after it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from bot.process.crashpoints import POINTS
from tests.botapi import BotApi
from tests.channels.processes import once, process
from tests.postgres import Server

CHATS = (5, 6, 7)
SAID = ("a", "two", "b")
WANTED = ["1 a", "一", "二", "3 b"]
# Points that only an upload passes.
UPLOADS = ("fetched",)


@pytest.fixture(params=["sqlite", "postgresql"])
def folders(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Path]]:
    """A data folder per point, each with a database of its own."""
    made = [tmp_path / point for point in POINTS]
    with ExitStack() as held:
        for folder in made:
            folder.mkdir()
            if request.param == "postgresql":
                server: Server = request.getfixturevalue("postgres")
                (folder / "database").write_text(held.enter_context(server.database()))
        yield made


def test_wherever_a_process_dies_every_message_is_answered_once_or_the_last_one_repeated_and_marked(
    folders: list[Path],
) -> None:
    with ThreadPoolExecutor(4) as some:
        list(some.map(_walked, folders))


def _walked(folder: Path) -> None:
    point = folder.name
    with BotApi() as api:
        for text in SAID:
            for chat in CHATS:
                api.say(chat, text)
        api.upload(8, "表.docx", b"word")
        times = 1 if point in UPLOADS else Random(point).randint(1, 4)
        with process(api, folder, f"{point}:{times}") as child:
            assert child.wait(60) == -signal.SIGKILL, f"{point} was not passed {times} times"
        with process(api, folder):
            api.until(lambda: all(once(api.texts(chat)) == WANTED for chat in CHATS), point)
            api.until(lambda: once(api.texts(8)) == ["表.docx word"], point)
            api.until(api.idle)
            api.say(5, "c")
            api.until(lambda: once(api.texts(5)) == [*WANTED, "4 c"], point)
        repeated = sum(len(api.texts(chat)) - len(once(api.texts(chat))) for chat in (*CHATS, 8))
    assert repeated <= len(CHATS) + 1, point
