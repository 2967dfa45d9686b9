"""The conversation's table: every pair is handled or refused on purpose, every sentence is used and whole."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.table import PHASES, REFUSED, TABLE, step
from bot.hearing.routing import MOST
from bot.hearing.signal import SIGNALS
from bot.turn.base import Effect, Event
from bot.turn.effects import (
    Advise,
    Consult,
    Draw,
    Erase,
    Gather,
    Invite,
    LookUp,
    Open,
    Read,
    Recall,
    Redeem,
    Word,
    Write,
)
from bot.turn.events import (
    Advised,
    Coded,
    Drawn,
    Erased,
    Found,
    Gathered,
    Opened,
    Pressed,
    Recalled,
    Redeemed,
    Said,
    Sent,
    Taken,
    Worded,
    Written,
)
from bot.turn.ground import Ground
from bot.turn.scope import Scope
from bot.turn.session import Session
from bot.turn.team import ALONE, Shelved, Version
from bot.turn.wish import Denied
from bot.turn.wording import say, sentences
from drafting.application.whole_form import lacking
from drafting.form.draft import Draft
from drafting.form.understood import Understood
from drafting.narrative.judged import Judged
from knowledge.answers.answer import Answer
from knowledge.call import pack
from knowledge.call.definition import Call
from tests.word.drafts import example

GROUND = Ground(pack.load(pack.DEFAULT).call, date(2026, 3, 28))
BOT = Path(__file__).parents[2] / "bot"


def test_every_pair_is_handled_or_refused_and_none_is_both() -> None:
    pairs = {(phase, signal) for phase in PHASES for signal in SIGNALS}
    assert set(TABLE) | set(REFUSED) == pairs
    assert not set(TABLE) & set(REFUSED)


def test_what_is_refused_changes_nothing() -> None:
    for text in ("上一步", "跳过", "退出", "导出", "进度", "预览", "同意", "不同意", ""):
        turn = step(Session(), Said(text), GROUND)
        assert turn.session == Session()
        assert turn.replies
        assert turn.effect is None


def test_every_sentence_is_said_somewhere_and_no_other() -> None:
    speaking = (*BOT.rglob("*.py"), *(BOT.parent / "drafting" / "kinds").glob("*.py"))
    source = "\n".join(path.read_text("utf-8") for path in speaking)
    keys = {one for one in re.findall(r"[\"']([a-z]+\.[a-z_]+)[\"']", source) if not one.endswith(".toml")}
    # Families of sentences are said by what comes behind the point.
    families = tuple(re.findall(r"f[\"']([a-z]+\.[a-z_]*)\{", source))
    assert {key for key in sentences() if not key.startswith(families)} <= keys
    assert {key for key in keys if key.split(".")[0] in {one.split(".")[0] for one in sentences()}} <= set(sentences())


def test_a_sentence_wants_all_its_names_and_no_others() -> None:
    assert say("draft.skipped", item="甲") == "先跳过“甲”。"
    for wrong in ({}, {"item": "甲", "other": "乙"}):
        with pytest.raises(KeyError):
            say("draft.skipped", **wrong)


def test_where_drafting_is_off_questions_are_still_answered(call: Call) -> None:
    off = Ground(call, date(2026, 3, 28), drafting=False)
    turn = step(Session(), Said("写申报书"), off)
    assert (turn.session.phase, turn.replies[0].text) == ("idle", say("draft.off"))
    assert step(Session(), Said("联合体名称：示例甲"), off).session.phase == "idle"
    assert isinstance(step(Session(), Said("截止时间是哪天"), off).effect, LookUp)


def test_after_the_filing_day_it_says_so_first_and_still_helps(call: Call) -> None:
    late = Ground(call, date(2026, 11, 22))
    turn = step(Session(), Said("写申报书"), late)
    assert "2026年4月3日" in turn.replies[0].text
    assert "已经过了" in turn.replies[0].text
    assert turn.session.phase == "filling"


def test_a_message_over_the_limit_is_refused_whole_and_nothing_is_recorded() -> None:
    opened = step(Session(), Said("写申报书"), GROUND).session
    turn = step(opened, Said("联合体名称：甲" + "长" * MOST), GROUND)
    assert turn.session.draft == opened.draft
    assert str(MOST) in turn.replies[0].text


def test_a_file_is_opened_and_a_picture_is_answered_kindly() -> None:
    assert step(Session(), Sent("申报书.docx"), GROUND).effect == Open("申报书.docx", GROUND.call)
    assert step(Session(), Sent(""), GROUND).replies[0].text == say("input.media")


def test_a_failed_export_says_why_and_loses_nothing() -> None:
    opened = step(Session(), Said("联合体名称：示例甲"), GROUND).session
    turn = step(opened, Written(None, why="磁盘已满"), GROUND)
    assert "磁盘已满" in turn.replies[0].text
    assert turn.session == opened


def test_labels_without_a_place_are_named_at_export() -> None:
    opened = step(Session(), Said("联合体名称：示例甲"), GROUND).session
    turn = step(opened, Written(Path("/tmp/甲.docx"), ("推荐单位",)), GROUND)
    assert "推荐单位。" in turn.replies[0].text


def test_the_board_of_tasks_is_toggled_in_place_and_closed_with_one_press() -> None:
    session = step(Session(), Said("写申报书"), GROUND).session.but(asking="tasks")
    turn = step(session, Pressed("tasks/5"), GROUND)
    assert turn.replies[0].board == "tasks"
    assert turn.session.draft.tasks[5].selected
    assert not step(turn.session, Pressed("tasks/5"), GROUND).session.draft.tasks[5].selected
    refused = step(turn.session, Pressed("tasks/7"), GROUND)
    assert [one.code for reply in refused.replies for one in reply.problems] == ["mandatory_task_deselected"]
    done = step(turn.session, Pressed("tasks/done"), GROUND).session
    assert tuple(n for n, one in done.draft.tasks.items() if one.selected) == (5, 1, 3, 4, 7, 8, 9, 13, 14)
    assert "tasks" not in lacking(done.draft, GROUND.call)


def test_skipped_items_come_back_when_the_rest_is_there() -> None:
    session = step(Session(), Said("写申报书"), GROUND).session
    for _ in range(60):
        if session.skipped and session.asking == session.skipped[0]:
            break
        turn = step(session, Said("跳过"), GROUND)
        session = turn.session
        if any("还剩跳过的" in reply.text for reply in turn.replies):
            break
    assert session.phase == "filling"
    assert session.asking == "consortium_name"
    assert session.skipped == ()


def test_undo_takes_back_exactly_one_change() -> None:
    session = step(Session(), Said("联合体名称：示例甲"), GROUND).session
    changed = step(session, Said("专利5个，模型2个"), GROUND).session
    undone = step(changed, Said("撤销"), GROUND)
    assert undone.session.draft == session.draft
    assert "已撤销" in undone.replies[0].text
    empty = step(undone.session, Said("撤销"), GROUND).session
    assert not empty.draft.fields
    assert step(empty, Said("撤销"), GROUND).replies[0].text == say("draft.no_steps")


WORDS = st.sampled_from([
    "撤销",
    "写申报书", "上一步", "跳过", "进度", "预览", "导出", "帮助", "同意", "不同意", "退出", "你好", "必选都做，可选的不要", "专利5个",
    "专利0个", "任务16也做", "集群选半导体", "产业链集成电路", "就我们一家报", "参与单位：江苏样例大学，省属高校，做任务3",
    "去掉江苏样例大学", "我们负责1、8", "联系人甄样例，电话13800000001", "推荐单位：苏州市工信局", "几号截止？", "确认承诺",
    "邀请同事", "邀请江苏样例大学", "加入 AAAA2222", "同事", "移除 甲", "移交给甲", "退出这份申报书", "确认本单位内容", "谁填的", "换一份", "新开一份",
    "存一版", "版本", "比较1和2", "恢复版本1",
    "全部采用", "逐项选", "采用这处", "保留原来的", "其余都不采用",
    "联合体名称：示例甲", "五、实施方案：\n先采数，再建集。", "🙂", "",
])  # fmt: skip
PRESSES = st.sampled_from(
    [
        "tasks/5",
        "tasks/7",
        "tasks/done",
        "cluster/3",
        "chain/1",
        "consent/yes",
        "consent/no",
        "promise/yes",
        "x/y",
        "/",
        "file/all",
        "file/each",
        "file/none",
        "file/x",
        "file/take/project_name",
        "file/keep/consortium_name",
    ]
)
EVENTS = st.one_of(WORDS.map(Said), st.text(max_size=60).map(Said), PRESSES.map(Pressed), st.just(Sent("a.docx")))


KEPT = Version(1, "2026年3月1日", Draft(fields={"project_name": "旧"}).model_dump(mode="json"))
OUTSIDE: dict[type, Callable[[Any], Event]] = {
    Advise: lambda effect: Advised(effect, None),
    Gather: lambda _: Gathered(None),
    Erase: lambda _: Erased(),
    Write: lambda _: Written(Path("/tmp/a.docx")),
    Open: lambda _: Opened("a.docx", example(GROUND.call)),
    Draw: lambda _: Drawn(Path("/tmp/a.png")),
    Recall: lambda effect: Recalled(effect, (KEPT,), (), (Shelved("other", KEPT.facts, ALONE),)),
    Redeem: lambda effect: Redeemed(effect.code, None, 0.0),
    Invite: lambda effect: Coded(effect, "ABCD2345"),
    Consult: lambda effect: Denied(effect.wish, Scope("", "applicant", "")),
}


def outcome(effect: Effect) -> Event:
    """What the outside does in these conversations."""
    made = OUTSIDE.get(type(effect))
    return made(effect) if made else Found(Answer("答", "answered"))


ORDERS = st.sampled_from([
    "帮我写第五部分", "润色一下", "写短一点", "写长一点", "看第五部分", "第1点不要了", "第1点改成：再采数", "第2点移到第1点前面", "采用", "不用", "对",
    "五、实施方案：\n【保障措施】\n专班6人\n每周开例会", "保障措施再加一条：每月报告", "咱这摊子属苏州市工信局管着，盖章也找他们",
])  # fmt: skip
WAITING = st.sampled_from(["read/yes", "read/no", "word/take", "word/again", "word/none", "word/", "read/"])
MODELLED = st.one_of(ORDERS.map(Said), WAITING.map(Pressed), WORDS.map(Said), PRESSES.map(Pressed))


def modelled(effect: Effect) -> Event:
    """What the outside does where there is a model."""
    if isinstance(effect, Read):
        return Taken(effect, Understood(fields={"recommender": "苏州市工业和信息化局"}))
    if isinstance(effect, Word):
        return Worded(effect, Judged(("由专班6人推进。",)) if effect.kind != "longer" else Judged(reason="late"))
    return outcome(effect)


@settings(max_examples=150, deadline=None)
@given(st.lists(MODELLED, max_size=25))
def test_any_conversation_with_a_model_goes_on_and_records_nothing_without_a_yes(events: list[Said | Pressed]) -> None:
    ground, session = replace(GROUND, model=True), Session()
    for event in events:
        turn = step(session, event, ground)
        while turn.effect:
            before = turn.session.draft
            asked = turn.effect
            turn = step(turn.session, modelled(asked), ground)
            assert isinstance(asked, Recall) or turn.session.draft == before, (
                "what a model says changes no draft by itself"
            )
        session = Session.model_validate_json(turn.session.model_dump_json(exclude_defaults=True))
        assert session == turn.session


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=25))
def test_any_conversation_goes_on_and_survives_being_saved(events: list[Said | Pressed | Sent]) -> None:
    session = Session()
    for event in events:
        turn = step(session, event, GROUND)
        while turn.effect:
            turn = step(turn.session, outcome(turn.effect), GROUND)
        assert turn.replies
        if turn.session.steps and turn.session.draft != session.draft and event != Said("撤销"):
            assert step(turn.session, Said("撤销"), GROUND).session.draft == session.draft
        session = Session.model_validate_json(turn.session.model_dump_json())
        assert session == turn.session
        if session.phase == "filling":
            assert session.asking
        if session.phase == "complete":
            assert not [one for one in lacking(session.draft, GROUND.call) if not one.startswith("contact_")]
