"""A thousand files cost as many readings as a day has, and no more: the rest is refused before anybody opens it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.desk.papers import Arrived, Digest, Digested, Intake, Produce, Produced
from bot.dialogue.assistant import Assistant
from bot.process.settings import Settings
from bot.running.conversation import budget
from bot.turn.budget import Budget, Limits
from bot.turn.events import Opened
from bot.turn.replies import Incoming
from knowledge.call.definition import Call
from tests.conversation.office import DAY, Office, opened
from tests.desk.bureau import bureau, recruit

USED_UP = "“甲.docx”没有读成：今天读文件的次数用完了，明天再发，或者直接打字告诉我。"


@dataclass
class Reader:
    """Reads nothing, and counts how often; at a desk too."""

    read: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def open(self, path: Path, _call: Call) -> Opened:
        self.read.append(path.name)
        return Opened(path.name, None, why="坏了。")

    def intake(self, asked: Intake, file: Path | None) -> Arrived:
        assert file
        return Arrived(asked.asked, self.open(file, asked.call))

    def digest(self, asked: Digest, file: Path | None) -> Digested:
        assert file
        self.read.append(file.name)
        return Digested(asked, file.name, why="坏了。")

    def produce(self, asked: Produce, _chat: str, _today: date) -> Produced:
        return Produced(asked, None)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def office(tmp_path: Path, clerk: Assistant, reader: Reader) -> Iterator[Office]:
    limits = Budget(file=Limits(5, 12), mail=Limits(bureau=3), refused=reader.refused.append)
    place = opened(tmp_path, replace(clerk, reader=reader.open, papers=reader, budget=limits))
    yield place
    place.store.close()


def sends(office: Office, chat: str, bureau: str = "nanjing", day: date = DAY) -> str:
    """What somebody is told who sends a file."""
    incoming = Incoming(chat, chat, file=Path("甲.docx"), bureau=bureau, today=day, name=chat)
    saved = office.store.load(chat)
    outcome = office.assistant.handle(incoming, saved)
    office.store.commit(saved, outcome, chat)
    return office.told(chat, outcome.replies)


# ---------------------------------------------------------------- abuse case 9: a thousand uploads
def test_a_thousand_files_of_one_person_cost_as_many_readings_as_a_day_has(office: Office, reader: Reader) -> None:
    told = [sends(office, "a") for _ in range(1000)]
    assert len(reader.read) == 5
    assert all("坏了。" in one for one in told[:5])
    assert set(told[5:]) == {USED_UP}
    assert len(reader.refused) == 995
    assert "坏了。" in sends(office, "b"), "others are not touched"
    assert "坏了。" in sends(office, "a", day=DAY + timedelta(1)), "the next day it begins anew"


def test_many_people_of_one_bureau_use_up_its_share_and_nothing_of_another_bureaus(
    office: Office, reader: Reader
) -> None:
    told = [sends(office, f"p{number}") for number in range(40)]
    assert len(reader.read) == 12
    assert told[12:] == [USED_UP] * 28
    assert "坏了。" in sends(office, "s", "suzhou")


def test_what_is_refused_leaves_the_draft_and_the_open_question_alone(office: Office) -> None:
    office.say("a", "写申报书")
    for _ in range(5):
        sends(office, "a")
    before = office.store.load("a").state
    assert sends(office, "a").startswith(USED_UP)
    assert office.store.load("a").state == before
    assert "已记" in office.say("a", "联合体名称：样例甲联合体")


def test_a_desk_that_is_sent_file_after_file_opens_as_many_as_a_day_has(office: Office, reader: Reader) -> None:
    for chat, code in (("z", "nanjing"), ("s", "suzhou")):
        bureau(office, code)
        recruit(office, code, chat)
        office.say(chat, "收邮寄的申报书")
    told = [sends(office, "z") for _ in range(50)]
    assert told[:3] == ["没收“甲.docx”：坏了。"] * 3
    assert set(told[3:]) == {"没收“甲.docx”：今天读文件的次数用完了，明天再收。"}
    assert len(reader.read) == 3
    assert sends(office, "s", "suzhou") == "没收“甲.docx”：坏了。"
    assert "坏了。" in sends(office, "a"), "applicants of that bureau have a share of their own"


def test_whoever_erases_their_data_leaves_nothing_of_the_files_they_sent(office: Office) -> None:
    sends(office, "a")
    assert office.store.load("a").past.everything()["spent"] == [{"day": "2026-03-28", "what": "file", "times": 1}]
    office.say("a", "删除我的数据")
    office.say("a", "确认删除")
    assert office.store.load("a").past.everything()["spent"] == []


def test_the_settings_are_the_limits(tmp_path: Path) -> None:
    told = {
        "model_per_person": 1,
        "model_per_bureau": 2,
        "model_per_day": 3,
        "files_per_person": 4,
        "files_per_bureau": 5,
    }
    made = budget(Settings.model_validate({"data": tmp_path, **told}))
    assert (made.model, made.file) == (Limits(1, 2, 3), Limits(4, 5))
    assert made.mail.bureau and made.mail.person is None
