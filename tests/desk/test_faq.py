"""The FAQ without a store: what contradicts, what is left of a question, what goes unanswered, tables."""

from __future__ import annotations

from datetime import date

import pytest

from bot.desk.entries.actions import cleaned, ended
from bot.desk.entries.conflicts import conflicts, days_differ, differ, turned
from bot.desk.entries.difference import differences
from bot.desk.entries.entry import Item, Past, Words, saying
from bot.desk.entries.gaps import gaps, mark, suggestions
from bot.desk.entries.general import general, general_answer
from bot.desk.entries.publishing import trial
from bot.desk.entries.spreadsheet import escaped, plain, read, table
from bot.hearing.wishes import typed
from bot.turn.wish import Wish
from knowledge.answers.answer import Answer


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("至少3家。", "成员单位应不少于2家。", "figure"),
        ("不少于2家就行。", "成员单位应不少于2家。", ""),
        ("3月30日前交到市局。", "2026年4月3日前报送。", "day"),
        ("4月3日前。", "2026年4月3日前报送。", ""),
        ("做到2027年12月。", "2026年1月至2027年6月。", "day"),
        ("可以用复印件。", "不可以用复印件：复印无效。", "verdict"),
        ("不可以用复印件。", "不可以用复印件：复印无效。", ""),
        ("不用用复印件。", "都要用复印件。", "verdict"),
        ("用A4纸。", "不少于2家。", ""),
    ],
)
def test_a_contradiction_is_named_by_its_kind(one: str, other: str, what: str) -> None:
    item = Item(1, "可以用复印件吗", one)
    found = conflicts(item, (Answer(other, "answered"),), ())
    assert [kind for each in found for kind in each.what] == ([what] if what else [])
    assert all(each.number == 0 and each.text == other for each in found)


def test_what_the_notice_does_not_answer_cant_be_contradicted() -> None:
    assert not conflicts(Item(1, "可以用复印件吗", "可以。"), (Answer("不可以。", "not_covered"),), ())


def test_published_entries_like_it_are_compared_too() -> None:
    own = Item(3, "周末收材料吗", "周末收。")
    others = (
        Item(1, "周末能不能收材料", "周末不收。"),
        Item(2, "公章盖哪里", "不收。"),
        Item(3, "周末收材料吗", "周末不收。"),
    )
    assert [(one.number, one.what) for one in conflicts(own, (), others)] == [(1, ("verdict",))]


def test_figures_days_and_turns_by_themselves() -> None:
    assert differ("3家", "2家") and not differ("3家", "2份") and not differ("3家", "没说")
    assert (
        days_differ("3月30日", "4月3日") and not days_differ("4月3日", "2026年4月3日") and not days_differ("", "4月3日")
    )
    assert turned("复印件收。", "复印件不收。", "收不收复印件") and not turned("收。", "不收。", "要几份")
    assert turned("必须盖章", "不必盖章", "要盖章吗") and not turned("必须盖章", "须盖章", "要盖章吗")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("您好，请问周末收材料吗", "周末收材料吗"),
        ("我们是示例智造有限公司，周末收材料吗", "周末收材料吗"),
        ("示例智造有限公司，请问周末收材料吗", "周末收材料吗"),
        ("我叫张示例，周末收材料吗，电话13812345678", "周末收材料吗，电话138****5678"),
        ("示例大学可以当成员单位吗", "示例大学可以当成员单位吗"),
        ("老师，想咨询一下，  周末\n收材料吗", "周末 收材料吗"),
        ("身份证320102199001011234要不要交", "身份证***要不要交"),
    ],
)
def test_a_question_is_left_without_who_asks_it(said: str, left: str) -> None:
    assert general(said) == left


def test_an_answer_loses_what_the_asker_told_and_keeps_the_bureaus_own() -> None:
    asked = "我的电话13812345678，什么时候回"
    assert general_answer("会打13812345678，急的打13900000000。", asked) == "会打138****5678，急的打13900000000。"


def test_open_questions_are_counted_together_the_most_asked_first() -> None:
    past = (
        Past("公章盖在哪一页", "not_covered", 1.0, 2),
        Past("周末收材料吗", "declined", 2.0, 2),
        Past("周末能收申报材料吗", "not_covered", 3.0, 1),
        Past("周日收材料吗", "ticket", 4.0, 1),
        Past("什么时候截止", "answered", 5.0, 9),
        Past("停车方便吗", "not_covered", 6.0, 7),
    )
    found = gaps(past, (Item(1, "停车方便不方便", "方便。", state="published"),))
    assert [(one.question, one.times) for one in found] == [("周末收材料吗", 4), ("公章盖在哪一页", 2)]
    assert len(found[0].ways) == 3
    assert mark(found[0].question) != mark(found[1].question) and mark("甲").isascii()


def test_ways_of_asking_are_suggested_from_what_was_asked() -> None:
    past = (
        Past("周日收材料吗", "declined", 1.0),
        Past("周末能收材料吗", "declined", 2.0),
        Past("盖章吗", "answered", 3.0),
    )
    assert suggestions(Item(1, "周末收材料吗", "不收。"), past) == ("周日收材料吗",)


def test_a_trial_shows_ten_and_counts_all() -> None:
    hits = [Past(f"周末收材料吗{place}", "declined", 1_774_670_400.0, 2) for place in range(12)]
    told = trial(Item(3, "周末收材料吗", "不收。"), hits, 40)
    assert told.startswith("常见问题3试运行：过去40个问题里会命中12个（共问过24次）。")
    assert told.count("\n· ") == 10 and "当时没答" in told


def test_words_for_the_desk_are_only_its_peoples() -> None:
    wanted = {
        "常见问题": Wish("faqs"),
        "常见问题 3": Wish("faq", 3),
        "看口径第2条": Wish("faq", 2),
        "改答案 3 周末不收。": Wish("faq_answer", 3, "周末不收。"),
        "改问题3：周末收材料吗？": Wish("faq_question", 3, "周末收材料吗？"),
        "有效期 3 6月30日": Wish("faq_until", 3, "6月30日"),
        "送审 3": Wish("faq_submit", 3),
        "发布3": Wish("faq_publish", 3),
        "退回常见问题 3 日期不对": Wish("faq_return", 3, "日期不对"),
        "撤回常见问题 3": Wish("faq_withdraw", 3),
        "退回上一版 3": Wish("faq_back", 3),
        "常见问题 3 退回上一版": Wish("faq_back", 3),
        "第3条恢复到上一版": Wish("faq_back", 3),
        "放弃修改 3": Wish("faq_drop", 3),
        "口径3放弃修改": Wish("faq_drop", 3),
        "依据 3：张三的答复": Wish("faq_source", 3, "张三的答复"),
        "试运行 3": Wish("faq_trial", 3),
        "没答上的问题": Wish("gaps"),
    }
    for said, wish in wanted.items():
        assert typed(said, serves=True) == wish
        # An applicant takes back what they handed in with the same word.
        assert typed(said, serves=False) in (None, Wish("withdraw", 3))
    assert typed("退回 3", serves=True) == Wish("either", 3, "退回"), "perhaps an application's"
    assert typed("新增口径 问：2家含牵头吗？答：不含。", serves=True) == Wish(
        "faq_add", 0, "口径 问：2家含牵头吗？答：不含。"
    )


def test_an_entry_is_said_with_its_voice_and_its_last_day() -> None:
    item = Item(4, "周末收吗", "不收。", ("周日收吗",), "ruling", valid_until="2026-06-30")
    said = saying(item, "示例局", date(2026, 3, 28))
    assert (said.key, said.voice, said.questions) == ("faq/4", "ruling", ("周末收吗", "周日收吗"))
    assert (said.dated, said.valid_until, said.points) == ("2026-03-28", "2026-06-30", ())


def test_questions_stand_in_one_line_and_answers_end() -> None:
    assert (cleaned(" 周末\n收吗？ "), ended("不收"), ended("不收！"), ended("")) == (
        "周末 收吗",
        "不收。",
        "不收！",
        "",
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "'=1", "正常", "'引", "＝1"])
def test_no_cell_is_reckoned_and_each_comes_back(cell: str) -> None:
    assert escaped(cell)[0] not in "=+-@\t＝"
    assert plain(escaped(cell)).strip() == cell.strip()


def test_a_table_comes_back_as_it_went() -> None:
    items = (
        Item(1, "周末收吗", "不收，\n工作日收。", ("周日收吗", "周六收吗"), valid_until="2026-06-30", source="排班表"),
        Item(2, "=HYPERLINK(1)怎么写", '写"甲"。', (), "ruling"),
    )
    text = table(items)
    assert text.startswith("\ufeff编号,类别,") and "'=HYPERLINK" in text
    found = read(text)
    assert found.wrong == ()
    names = ("question", "answer", "similar", "kind", "valid_until", "source")
    assert [[getattr(one, name) for name in names] for one in found.rows] == [
        [getattr(one, name) for name in names] for one in items
    ]


def test_a_table_holds_the_words_that_answer_not_those_on_their_way() -> None:
    item = Item(1, "周末收吗", "收。", state="pending", standing=Words("周末收吗", "不收。"))
    assert "周末收吗,不收。" in table((item,)) and "已发布" in table((item,))


def test_a_line_that_cant_be_one_is_named_and_the_others_are_kept() -> None:
    text = "问题,答案,类别,有效至\n周末收吗,不收\n\n,没有问题\n停车吗,可以,别的\n开会吗,开,,6月\n好,好\n几点,9点,,,多\n下班吗,下"
    found = read(text)
    assert [one.line for one in found.rows] == [2, 9]
    assert [one.partition("行")[0] for one in found.wrong] == ["第4", "第5", "第6", "第7", "第8"]


def test_a_source_that_is_too_long_is_named() -> None:
    assert "第2行没有收：依据不超过100字" in read(f"问题,答案,依据\n周末收吗,不收,{'长' * 101}").wrong[0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("周末不收。", "周末不收。", ["· 和原来的一样"]),
        ("周末不收。", "周末不收。急的打电话。", ["· 答案：加“急的打电话。”"]),
        ("周末不收，急的打电话。", "周末不收，", ["· 答案：去掉“急的打电话。”"]),
        ("一，二，三，四，五。", "一，贰，三，肆，五。", ["· 答案：“二，”改为“贰，”", "· 答案：“四，”改为“肆，”"]),
        # What changes all over is read whole.
        ("一，二，三，四，五，六，七，八。", "1，二，3，四，5，六，7，八。",
         ["· 答案：“一，二，三，四，五，六，七，八。”改为“1，二，3，四，5，六，7，八。”"]),
    ],
)  # fmt: skip
def test_of_an_answer_what_changes_is_shown(old: str, new: str, told: list[str]) -> None:
    assert differences(Words("问", old), Words("问", new)) == told


@pytest.mark.parametrize("text", ["", "问题\n周末收吗", "甲,乙\n1,2"])
def test_a_table_without_its_heads_is_named(text: str) -> None:
    assert read(text).rows == () and "表头缺少" in read(text).wrong[0]


def test_an_open_quotation_is_named_by_where_it_began() -> None:
    found = read('问题,答案\n周末收吗,不收\n停车吗,"可以')
    assert len(found.rows) == 1 and found.wrong == ("第3行起引号没有配对，后面的没有读。",)
