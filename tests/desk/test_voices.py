"""What a bureau says itself stands in the answers of its own people, in its own voice, while it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest

from knowledge.answers.bureau_questions import Reader
from knowledge.answers.engine import AnswerEngine
from knowledge.call.pack import Pack
from knowledge.errors import SentenceError
from knowledge.library.holdings import ON, Document, Kept, Scope
from knowledge.library.passages import Authority, Passage
from tests.furnished import furnished
from tests.library.shelf import Memory

DAY = date(2026, 3, 28)
ISSUER = "南京市工业和信息化局"
Opened = Callable[[], AnswerEngine]


class Shelf(Memory):
    """A library that sayings are put into as a desk puts them there."""

    broken = False

    def say(self, question: str, text: str, voice: Authority = "faq", bureau: str = "nanjing", **more: object) -> None:
        ways = more.pop("ways", (question,))
        assert isinstance(ways, tuple)
        scope, id_ = Scope("", bureau), f"{bureau}{question}"
        held = Document(id_, scope, question, f"@desk/{id_}", text, ISSUER, DAY, authority=voice, **more)  # type: ignore[arg-type]
        one = Passage(f"{id_}#1", "", text, held.source, voice, (question, *ways), (), bureau)
        self.kept[id_] = (held, (one,))
        self.revisions[scope] = self.revisions.get(scope, 0) + 1

    def revision(self, scope: Scope) -> int:
        if self.broken:
            raise SentenceError("资料读不出来")
        return super().revision(scope)

    def documents(self, scope: Scope) -> Sequence[Kept]:
        return super().documents(scope)

    def passages(self, document: str) -> Iterable[Passage]:
        return super().passages(document)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def opened(shipped: Pack, shelf: Shelf, tmp_path: Path, request: pytest.FixtureRequest) -> Opened:
    def open_() -> AnswerEngine:
        desk = AnswerEngine.open(shipped, furnished(tmp_path), shelf)
        request.addfinalizer(desk.close)
        return desk

    return open_


def test_an_entry_answers_where_the_notice_has_nothing_to_say(shelf: Shelf, opened: Opened) -> None:
    shelf.say("周末收材料吗", "周末不收。")
    told = opened().ask("请问周末能收材料吗？", today=DAY, bureau="nanjing")
    assert told.text == "常见问题（南京市工业和信息化局，2026年3月28日）：周末不收。"
    assert (told.status, told.citations[0].quote) == ("answered", "周末不收。")
    assert told.citations[0].source == "《周末收材料吗》（南京市工业和信息化局，2026年3月28日）"


def test_the_notices_own_word_stands_with_it(shelf: Shelf, opened: Opened) -> None:
    shelf.say("申报书可以用复印件吗", "要盖章的原件，扫描件不收。")
    told = opened().ask("申报书用复印件行不行", today=DAY, bureau="nanjing")
    first, _, notice = told.text.partition("\n")
    assert first.startswith("常见问题（") and notice.startswith("通知原文：不可以用复印件")
    assert len(told.citations) == 2


def test_nobody_else_is_told(shelf: Shelf, opened: Opened) -> None:
    shelf.say("周末收材料吗", "周末不收。")
    desk = opened()
    for bureau in ("suzhou", ""):
        told = desk.ask("周末收材料吗", today=DAY, bureau=bureau)
        assert "周末不收" not in str(told)


def test_it_answers_until_its_last_day(shelf: Shelf, opened: Opened) -> None:
    shelf.say("周末收材料吗", "周末不收。", valid_until=date(2026, 4, 30))
    desk = opened()
    told = [desk.ask("周末收材料吗", today=date(2026, 4, 30 + more), bureau="nanjing").status for more in (0,)]
    assert told == ["answered"]
    assert "周末不收" not in str(desk.ask("周末收材料吗", today=date(2026, 5, 1), bureau="nanjing"))


def test_what_changes_is_told_at_once_and_what_is_taken_away_no_more(shelf: Shelf, opened: Opened) -> None:
    shelf.say("周末收材料吗", "周末不收。")
    desk = opened()
    assert "周末不收" in desk.ask("周末收材料吗", today=DAY, bureau="nanjing").text
    shelf.say("周末收材料吗", "周六上午收。")
    assert "周六上午收" in desk.ask("周末收材料吗", today=DAY, bureau="nanjing").text
    shelf.remove("nanjing周末收材料吗")
    assert "周六上午收" not in str(desk.ask("周末收材料吗", today=DAY, bureau="nanjing"))


def test_a_library_that_cant_be_read_is_as_it_was(shelf: Shelf, opened: Opened) -> None:
    shelf.say("周末收材料吗", "周末不收。")
    desk = opened()
    desk.ask("周末收材料吗", today=DAY, bureau="nanjing")
    shelf.broken = True
    assert "周末不收" in desk.ask("周末收材料吗", today=DAY, bureau="nanjing").text


def test_an_entry_on_something_alike_is_no_background_either(shelf: Shelf, opened: Opened) -> None:
    shelf.say("申报书要双面打印吗", "双面单面都行。")
    told = opened().ask("申报书要彩色打印吗", today=DAY, bureau="nanjing")
    assert "双面单面" not in str(told)


def test_other_numbers_are_another_question(shelf: Shelf, opened: Opened) -> None:
    shelf.say("任务5的带星目标要不要填具体数字", "要填。")
    desk = opened()
    assert "常见问题" in desk.ask("任务五的带星目标要填具体数字吗", today=DAY, bureau="nanjing").text
    assert "常见问题" not in desk.ask("任务6的带星目标要填具体数字吗", today=DAY, bureau="nanjing").text


def test_a_ruling_and_an_entry_may_both_stand(shelf: Shelf, opened: Opened) -> None:
    shelf.say("报送时间", "3月30日前报到本局。", "ruling", ways=(ON, "什么时候截止"))
    shelf.say("周末截止当天收到几点", "收到17点。", ways=("什么时候截止",))
    told = opened().ask("什么时候截止", today=DAY, bureau="nanjing").text.split("\n")
    assert [line.partition("（")[0] for line in told] == ["本市口径", "常见问题", told[2].partition("（")[0]]
    assert told[2].startswith("通知原文：")


def test_a_whole_point_is_ruled_on_however_it_is_asked_about(shelf: Shelf, opened: Opened) -> None:
    shelf.say("报送时间", "3月30日前报到本局。", "ruling", ways=(ON, "什么时候截止"))
    desk = opened()
    for question in ("下周再报行不行", "截止时间是哪天", "什么时候截止？申报书要几份"):
        assert desk.ask(question, today=DAY, bureau="nanjing").text.startswith("本市口径（")
    both = desk.ask("什么时候截止？申报书要几份", today=DAY, bureau="nanjing").text
    assert "没有写明份数" in both
    assert "本市口径" not in desk.ask("申报书要盖章吗", today=DAY, bureau="nanjing").text


def test_a_question_that_leans_on_another_thing_is_not_that_of_the_entry(shelf: Shelf, opened: Opened) -> None:
    shelf.say("要几份", "3份。")
    desk = opened()
    assert "3份" in desk.ask("要几份", today=DAY, bureau="nanjing").text
    assert "3份" not in desk.ask("要几份呢", ["推荐汇总表要盖章吗"], today=DAY, bureau="nanjing").text


def test_each_of_several_sentences_is_answered(shelf: Shelf, opened: Opened) -> None:
    shelf.say("周末收材料吗", "周末不收。")
    told = opened().ask("周末能收材料吗？申报书要盖章吗？", today=DAY, bureau="nanjing").text
    assert told.startswith("常见问题（") and "周末不收。\n" in told and "申报书须加盖公章" in told


def test_who_has_no_answer_is_told_whom_to_reach(shelf: Shelf, opened: Opened) -> None:
    shelf.say("本市联系方式", "联系方式：某某，025-00000000。", "ruling", ways=("有问题找谁",))
    desk = opened()
    told = desk.ask("申报书要彩色打印吗", today=DAY, bureau="nanjing")
    assert told.status == "not_covered" and told.text.endswith("\n联系方式：某某，025-00000000。")
    assert "025-00000000" not in str(desk.ask("申报书要彩色打印吗", today=DAY, bureau="suzhou"))


def test_a_bureaus_own_goes_before_a_common_one(shelf: Shelf, opened: Opened) -> None:
    shelf.say("周末收材料吗", "全省都不收。", bureau="")
    shelf.say("周末收材料吗", "本市收。")
    desk = opened()
    assert "本市收" in desk.ask("周末收材料吗", today=DAY, bureau="nanjing").text
    assert "全省都不收" in desk.ask("周末收材料吗", today=DAY, bureau="suzhou").text


def test_only_what_may_be_the_same_is_read(shipped: Pack, shelf: Shelf, opened: Opened) -> None:
    assert isinstance(opened()._reader, Reader)
    assert opened().weigh(("周末收材料吗",), ("公章盖哪里", "周末能收材料吗", "？"), "nanjing").same == (
        False,
        True,
        False,
    )
