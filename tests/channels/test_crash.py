"""A real bot process killed at the worst moments: what was acknowledged is answered, once or at worst marked."""

import signal
import threading
from pathlib import Path

import pytest

from bot.process.lock import LockError, only_one
from tests.botapi import TOKEN, BotApi, Fault
from tests.channels.processes import MARK, once, process

pytestmark = pytest.mark.parametrize("data", ["sqlite", "postgresql"], indirect=True)


def test_killed_while_handling(api: BotApi, data: Path) -> None:
    with process(api, data):
        api.say(5, "slow")
        api.say(5, "b")
        api.say(6, "slow")
        api.until(api.idle)
    (data / "open").touch()
    with process(api, data):
        api.until_texts(5, "1 slow", "2 b")
        api.until_texts(6, "1 slow")
        api.say(5, "c")
        api.until_texts(5, "1 slow", "2 b", "3 c")


def test_killed_before_the_reply_arrived(api: BotApi, data: Path, never: threading.Event) -> None:
    api.fail("sendMessage", Fault(gate=never))
    with process(api, data):
        api.say(5, "two")
        api.until(lambda: api.made("sendMessage"))
    with process(api, data):
        api.until_texts(5, "一" + MARK, "二")


def test_killed_after_the_reply_arrived(api: BotApi, data: Path, never: threading.Event) -> None:
    api.fail("sendMessage", Fault(gate=never, after=True))
    with process(api, data):
        api.say(5, "two")
        api.until_texts(5, "一")
    with process(api, data):
        api.until_texts(5, "一", "一" + MARK, "二")


def test_killed_again_and_again(api: BotApi, data: Path) -> None:
    numbers = range(1, 13)
    for number in numbers:
        for chat in (5, 6, 7):
            api.say(chat, f"m{number}")
    for sent in (4, 15):
        with process(api, data):
            api.until(lambda: len(api.messages) >= sent)  # noqa: B023
    with process(api, data):
        wanted = [f"{number} m{number}" for number in numbers]
        api.until(lambda: all(once(api.texts(chat)) == wanted for chat in (5, 6, 7)))
        api.until(api.idle)
    assert len(api.messages) <= len(numbers) * 3 + 2 * 3


def test_asked_to_stop_it_ends_what_is_in_hand(api: BotApi, data: Path) -> None:
    (data / "open").touch()
    with process(api, data) as child:
        api.say(5, "a")
        api.until_texts(5, "1 a")
        with pytest.raises(LockError), only_one(data):
            pass
        api.say(5, "two")
        api.until(api.idle)
        child.signal(signal.SIGTERM)
        assert child.wait(10) == 0
    written = (data / "log").read_text()
    assert "Traceback" not in written
    assert TOKEN not in written
    assert api.texts(5)[:1] == ["1 a"]
    with process(api, data):
        api.until_texts(5, "1 a", "一", "二")
