"""Whether the very point that was asked is answered, two questions in one message, the day that is asked about."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.answers import soundness
from knowledge.answers.answer import Answer
from knowledge.answers.division import asking, coordinated, together
from knowledge.answers.engine import AnswerEngine
from knowledge.call.pack import Pack

IDS = [f"I{number:02}" for number in range(1, 18)] + [f"Q{number:02}" for number in range(1, 27)]


@pytest.mark.parametrize(
    "question",
    [
        "首席数据官要什么职称",
        "申报书要什么封皮",
        "联合体要签协议吗",
        "数据集能卖多少钱",
        "能不能延期交",
    ],
)
def test_a_point_no_source_speaks_of_is_not_answered(question: str, desk: AnswerEngine) -> None:
    assert desk.ask(question).status == "not_covered"


@pytest.mark.parametrize("question", ["首席数据官那项必选吗", "牵头单位要什么条件", "联合体最少几家"])
def test_a_point_that_is_spoken_of_is_answered(question: str, desk: AnswerEngine) -> None:
    assert desk.ask(question).status == "answered"


def test_what_no_known_word_covers_is_struck_out(desk: AnswerEngine) -> None:
    gate = desk._known.gate
    assert gate.masked("任务3要什么颜色") == "任务3要什么■■"
    assert not gate.strange("很长的" * 20)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("截止时间是哪天？寄到哪里？", ("4月3日", "北京西路16号")),
        ("邮箱和电话", ("gxt_dsjc@163.com", "025-69652653")),
        ("任务5必选吗，实施方案写多少字", ("可选", "2000字")),
    ],
)
def test_two_questions_get_two_answers(question: str, wanted: tuple[str, ...], desk: AnswerEngine) -> None:
    answer = desk.ask(question)
    assert [one for one in wanted if one not in answer.text] == []
    assert answer.citations


def test_parts_of_a_message() -> None:
    assert asking("我们在南京,怎么报?多少字") == ("我们在南京,怎么报", "多少字")
    assert asking("怎么报,急") == ("怎么报,急",)
    assert coordinated("甲和乙") == ("甲", "乙")
    assert coordinated("甲") == ()
    assert together([Answer("甲", "answered", (), ("card:a",)), Answer("甲", "answered", (), ("card:b",))]) is None
    assert together([Answer("甲", "answered", (), ("card:a",)), Answer("乙", "answered")]) is None


@pytest.mark.parametrize(
    ("today", "question", "wanted"),
    [
        (date(2026, 4, 1), "今天能报吗", "来得及"),
        (date(2026, 4, 2), "明天交来得及吗", "没有写明"),
        (date(2026, 4, 3), "现在还来得及吗", "没有写明"),
        (date(2026, 4, 3), "明天交来得及吗", "来不及"),
        (date(2026, 4, 4), "截止时间", "期限已过"),
        (date(2026, 4, 4), "材料寄到哪里", "2026年4月3日的报送期限已过"),
        (date(2026, 4, 1), "还剩几天", "还有2天"),
    ],
)
def test_the_day_decides(today: date, question: str, wanted: str, desk: AnswerEngine) -> None:
    assert wanted in desk.ask(question, (), today).text


def test_every_contradiction_and_open_point_is_in_the_register(desk: AnswerEngine) -> None:
    deck = desk._known.deck
    cards = {card.id for card in deck.cards}
    assert [one for one in IDS if one not in {*cards, *deck.merged}] == []
    assert set(deck.merged.values()) <= cards


def test_a_point_merged_into_no_card_is_told(shipped: Pack, tmp_path: Path) -> None:
    (tmp_path / "register.toml").write_text('[merged]\nQ01 = "no.card"\n', "utf-8")
    assert any("no.card" in line for line in soundness.check(Pack(tmp_path, shipped.call, shipped.notice)))


@pytest.mark.parametrize(("typed", "wanted"), [("zui wan shen me shi hou jiao", "4月3日"), ("jzrq", "4月3日")])
def test_pinyin_without_tones_and_initials_are_read(typed: str, wanted: str, desk: AnswerEngine) -> None:
    assert wanted in desk.ask(typed).text
