"""A channel of a hundred lines has all that delivery gives: order, repetition, files, boards, those who are away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import COMMANDS
from bot.delivery import sentences
from bot.process.settings import Settings
from bot.running.channels import CHANNELS, opener, probe
from bot.turn.channel import PUSHED
from tests.channels.harness import Parrot, running
from tests.channels.pigeon import CHAT, House, Pigeon


@pytest.fixture
def settings(address: str, tmp_path: Path) -> Iterator[Settings]:
    (tmp_path / "data").mkdir(exist_ok=True)
    yield Settings(data=tmp_path / "data", office=False, database_url=SecretStr(address))


def test_what_was_written_while_nobody_ran_is_answered_once_and_in_order(settings: Settings) -> None:
    house, parrot = House(settings), Parrot(settings.data)
    for text in ("a", "two"):
        house.write(text=text)
    with running(settings, parrot, opener=Pigeon):
        house.until_texts("1 a", "一", "二")
    house.write(text="b")
    with running(settings, parrot, opener=Pigeon):
        house.until_texts("1 a", "一", "二", "3 b")
    assert [heard.text for heard in parrot.heard] == ["a", "two", "b"]


def test_files_go_both_ways_and_one_that_is_not_there_is_said(settings: Settings, tmp_path: Path) -> None:
    house, sent = House(settings), tmp_path / "表.docx"
    sent.write_text("里面")
    with running(settings, Parrot(settings.data), opener=Pigeon):
        house.write(file=str(sent))
        house.until_texts("表.docx 里面")
        house.write(file=str(tmp_path / "没有.docx"))
        house.until_texts("表.docx 里面", "信里没有文件。")
        house.write(text="file")
        (came,) = house.until(lambda letters: len(letters) == 3)[2:]
    assert Path(came["file"]).read_bytes() == b"PK\r\nword"


def test_a_board_that_was_pressed_is_changed_in_place(settings: Settings) -> None:
    house = House(settings)
    with running(settings, Parrot(settings.data), opener=Pigeon):
        house.write(text="board")
        (board,) = house.until(lambda letters: letters)
        house.write(press=board["buttons"][0][0]["id"])
        house.until(lambda letters: len(letters) == 2)
    assert [(letter["text"], letter.get("edit")) for letter in house.came()] == [
        ("选了无", None),
        ("选了t1", board["n"]),
    ]


def test_a_house_that_is_shut_harms_nobody_and_our_mistake_is_an_apology(settings: Settings) -> None:
    shut, other = House(settings, "一号"), House(settings, "二号")
    shut.shut(True)
    with running(settings, Parrot(settings.data), opener=Pigeon):
        shut.write(text="two")
        other.write(text="boom")
        other.write(text="a")
        other.until_texts(sentences.FAILED, "1 a")
        shut.shut(False)
        shut.write(text="b")
        shut.until_texts("2 b")


def test_what_is_for_another_house_is_brought_there(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PUSHED, CHAT, "pigeon")
    house, other = House(settings), House(settings, "九号")
    with running(settings, Parrot(settings.data, other=f"{CHAT}九号"), opener=Pigeon):
        house.write(text="other")
        house.until_texts("转了")
        other.until_texts("有人找")


@pytest.mark.parametrize("name", CHANNELS)
def test_every_channel_of_the_wiring_is_a_command_that_opens_and_probes(name: str) -> None:
    (command,) = (command for command in COMMANDS if command.name == name)
    assert command.module == "serve" and {argument.names[0] for argument in command.arguments} == {"--check"}
    assert callable(opener(name)) and callable(probe(name))
    assert name in PUSHED.values()
