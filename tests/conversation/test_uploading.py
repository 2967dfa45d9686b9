"""Somebody sends a form back: it is read, held against the draft, and nothing is taken over unseen."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.channels.terminal import converse
from bot.dialogue.table import step
from bot.outside import word_files
from bot.process.settings import Settings
from bot.running import conversation
from bot.store import open_store
from bot.turn.effects import Open
from bot.turn.events import Opened, Pressed, Said, Sent, Turn
from bot.turn.ground import Ground
from bot.turn.outcome import Saved
from bot.turn.ports import take_turn
from bot.turn.replies import Incoming, Reply
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.application.whole_form import form_of
from drafting.changes.differences import adopted, differences
from drafting.form.draft import Amount, Choice, Draft
from drafting.word.form_file import fill
from knowledge.call.definition import Call
from tests.botapi import BotApi
from tests.channels.harness import running, settings_for
from tests.commands import rows, shenbao
from tests.furnished import furnished
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

PACK = PACKS["shipped"]
CALL = PACK.call
GROUND = Ground(CALL, date(2026, 3, 28))
OTHER = PACKS["invented"].call


def texts(turn: Turn) -> str:
    return "\n".join(reply.text for reply in turn.replies)


def ids(replies: tuple[Reply, ...]) -> list[str]:
    return [button.id for reply in replies for row in reply.buttons for button in row]


def opened(said: Draft, session: Session | None = None) -> Turn:
    """The turn after a form that says this was sent."""
    before = session or step(Session(), Said("写申报书"), GROUND).session
    asked = step(before, Sent("改过的.docx"), GROUND)
    assert asked.effect == Open("改过的.docx", GROUND.call)
    return step(asked.session, Opened("改过的.docx", said), GROUND)


def drafted(**fields: str) -> Session:
    """A conversation whose draft is the example with other fields; consent was given."""
    draft = example(CALL)
    changed = draft.model_copy(update={"fields": {**draft.fields, **fields}})
    return step(Session(), Said("写申报书"), GROUND).session.but(draft=changed, consent="given")


# ---------------------------------------------------------------- what differs
@pytest.mark.parametrize("call", [CALL, OTHER], ids=("shipped", "invented"))
def test_taking_over_every_difference_leaves_none(call: Call) -> None:
    new = example(call)
    found = differences(Draft(), new, call)
    whole = adopted(Draft(), new, [one.id for one in found], call)
    assert whole == new
    assert differences(whole, new, call) == ()
    assert differences(new, Draft(), call) == ()


def test_a_value_that_breaks_a_rule_is_not_offered() -> None:
    bad = {"contact_phone": "0510-80001", "cluster": "没有的集群", "project_name": "新的项目名"}
    draft = example(CALL)
    tasks = {
        **draft.tasks,
        7: Choice(selected=False),
        8: Choice(selected=True, targets=(Amount(value=0, unit="个"),)),
        9: Choice(selected=True, targets=(Amount(value=3, unit="个"),)),
    }
    new = draft.model_copy(update={"fields": {**draft.fields, **bad}, "tasks": tasks})
    assert [one.id for one in differences(draft, new, CALL)] == ["project_name", "task/9"]


def test_only_what_was_chosen_changes() -> None:
    draft = example(CALL)
    new = drafted(project_name="甲项目", consortium_name="乙联合体").draft
    taken = adopted(draft, new, ["project_name"], CALL)
    assert taken == draft.model_copy(update={"fields": {**draft.fields, "project_name": "甲项目"}})


# ---------------------------------------------------------------- the conversation
def test_the_file_is_shown_against_the_draft_before_anything_is_taken() -> None:
    before = drafted(project_name="旧的项目名")
    turn = opened(example(CALL), before)
    assert turn.session.draft == before.draft
    assert "项目名称：旧的项目名 → 虚构项目名称" in texts(turn)
    assert ids(turn.replies) == ["file/all", "file/each", "file/none"]


def test_all_of_it_is_one_change_that_can_be_undone() -> None:
    before = drafted(project_name="旧的项目名", consortium_name="旧的联合体")
    turn = step(opened(example(CALL), before).session, Pressed("file/all"), GROUND)
    assert turn.session.draft == example(CALL)
    assert "已采用2处" in texts(turn)
    assert step(turn.session, Said("撤销"), GROUND).session.draft == before.draft


def test_none_of_it_leaves_the_draft_alone() -> None:
    before = drafted(project_name="旧的项目名")
    turn = step(opened(example(CALL), before).session, Said("不采用"), GROUND)
    assert (turn.session.draft, turn.session.offered) == (before.draft, None)


def test_one_by_one_each_is_taken_or_kept() -> None:
    before = drafted(project_name="旧的项目名", consortium_name="旧的联合体", contact_title="旧职务")
    first = step(opened(example(CALL), before).session, Said("逐项选"), GROUND)
    assert ids(first.replies) == ["file/take/consortium_name", "file/keep/consortium_name", "file/none"]
    second = step(first.session, Pressed("file/take/consortium_name"), GROUND)
    stale = step(second.session, Pressed("file/take/consortium_name"), GROUND)
    assert say("draft.stale") in texts(stale)
    third = step(second.session, Said("保留原来的"), GROUND)
    assert "联系人职务：旧职务" in texts(third)
    last = step(third.session, Pressed("file/none"), GROUND)
    kept = {key: last.session.draft.fields[key] for key in ("consortium_name", "project_name", "contact_title")}
    assert kept == {"consortium_name": "虚构联合体名称", "project_name": "旧的项目名", "contact_title": "旧职务"}
    assert last.session.offered is None


def test_a_draft_that_changed_meanwhile_is_shown_again_first() -> None:
    offered = opened(example(CALL), drafted(project_name="旧的项目名")).session
    changed = step(offered, Said("联合体名称：刚改的联合体"), GROUND).session
    turn = step(changed, Said("全部采用"), GROUND)
    assert turn.session.draft == changed.draft
    assert "联合体名称：刚改的联合体 → 虚构联合体名称" in texts(turn)
    assert step(turn.session, Said("全部采用"), GROUND).session.draft == example(CALL)


def test_personal_data_of_a_file_wait_for_consent_like_any() -> None:
    fresh = step(Session(), Said("写申报书"), GROUND).session
    turn = step(opened(example(CALL), fresh).session, Said("全部采用"), GROUND)
    assert "contact_phone" not in turn.session.draft.fields
    assert say("consent.notice") in texts(turn)
    agreed = step(turn.session, Said("同意"), GROUND).session
    assert agreed.draft.fields == example(CALL).fields


def test_a_form_sent_before_anything_else_opens_a_draft() -> None:
    turn = opened(example(CALL), Session())
    assert turn.session.phase == "idle"
    assert step(turn.session, Pressed("file/none"), GROUND).session.phase == "idle"
    taken = step(turn.session, Pressed("file/all"), GROUND).session
    assert (taken.phase, taken.draft.texts) == ("filling", example(CALL).texts)


def test_a_form_that_says_the_same_and_one_that_can_not_be_read() -> None:
    before = drafted()
    same = opened(example(CALL), before)
    assert say("upload.same") in texts(same)
    assert ids(same.replies) == []
    lost = step(before, Opened("甲.pdf", None, why="这是PDF文件。"), GROUND)
    assert "“甲.pdf”没有读成：这是PDF文件。" in texts(lost)


def test_where_nothing_may_be_drafted_no_file_is_opened() -> None:
    group = Ground(CALL, date(2026, 3, 28), private=False)
    turn = step(Session(), Sent("甲.docx"), group)
    assert (turn.effect, texts(turn)) == (None, say("draft.private"))
    assert say("draft.private") in texts(step(opened(example(CALL)).session, Pressed("file/all"), group))


# ---------------------------------------------------------------- the real thing
@pytest.fixture
def sent(tmp_path: Path) -> Path:
    draft = example(CALL)
    fields = {**draft.fields, "contact_phone": "0510-80001"}
    form = form_of(draft.model_copy(update={"fields": fields}), CALL)
    return fill(form, CALL, PACK.blank_form, tmp_path / "改过的.docx").path


def test_a_script_sends_a_file_and_takes_it_over(sent: Path) -> None:
    events = [
        {"text": "写申报书"},
        {"text": "项目叫旧的项目名"},
        {"file": str(sent)},
        {"press": "file/all"},
        {"text": "导出"},
    ]
    given = "\n".join(json.dumps({"chat": "a", **one}) for one in events)
    turns = rows(shenbao("chat", "--jsonl", given=given, data=sent.parent).stdout)
    told = ["\n".join(reply["text"] for reply in turn["replies"]) for turn in turns]  # type: ignore[attr-defined]
    assert "须改 一/联系人/电话：“0510-80001”" in told[2]
    assert "项目名称：旧的项目名 → 虚构项目名称" in told[2]
    assert "联系人电话：" not in told[2].split("处不同")[1]
    (out,) = [reply["file"] for reply in turns[4]["replies"] if reply["file"]]  # type: ignore[attr-defined]
    back = json.loads(shenbao("read", out, data=sent.parent).stdout)
    assert (back["project_name"], back["tasks"]["8"]["selected"]) == ("虚构项目名称", True)
    assert "contact_phone" not in back


def test_other_kinds_are_told_what_to_do(tmp_path: Path) -> None:
    kinds = {"a.doc": b"\xd0\xcf\x11\xe0", "a.wps": b"\xd0\xcf\x11\xe0", "a.pdf": b"%PDF-1.7", "a.docx": b""}
    for name, content in kinds.items():
        (tmp_path / name).write_bytes(content)
    names = [*kinds, "gone.docx"]
    given = "\n".join(json.dumps({"chat": "a", "file": str(tmp_path / name)}) for name in names)
    turns: list[dict[str, Any]] = rows(shenbao("chat", "--jsonl", given=given, data=tmp_path).stdout)
    told = [turn["replies"][0]["text"] for turn in turns]
    for text, word in zip(told, ["另存为.docx", "另存为.docx", "另存为.docx", "空的", "读不到"], strict=True):
        assert word in text


def test_a_book_in_a_forms_clothes_is_not_kept(tmp_path: Path) -> None:
    draft = example(CALL)
    book = "".join(chr(0x4E00 + number * number % 20011) for number in range(400_000))
    long = draft.model_copy(update={"texts": {**draft.texts, "plan": (book,)}})
    word_files.fill_form(long, CALL, PACK.blank_form, tmp_path / "书.docx")
    told = word_files.read_form(tmp_path / "书.docx", CALL)
    assert (told.draft, "太多" in told.why) == (None, True)


def test_at_a_terminal_a_path_is_a_file(sent: Path) -> None:
    settings = Settings(data=furnished(sent.parent / "data"), today=date(2026, 3, 28), office=False)
    store = open_store(settings.database)
    lines = iter(["写申报书", f"'{sent}'", "全部采用", "进度"])
    written: list[str] = []
    converse(partial(take_turn, conversation.assistant(settings), store), lambda: next(lines, None), written.append)
    assert "看过了“改过的.docx”" in written[2]
    assert "已采用" in written[3]
    store.close()


def test_on_telegram_a_form_is_read_beside_everything_else_that_runs(sent: Path) -> None:
    with BotApi() as api:
        settings = settings_for(api, furnished(sent.parent / "data"), today=date(2026, 3, 28))
        with running(settings, conversation.assistant(settings)):
            api.upload(5, "改过的.docx", sent.read_bytes())
            api.until(lambda: any("看过了“改过的.docx”" in text for text in api.texts(5)))
            api.until(lambda: any("采用前请看一眼" in text for text in api.texts(5)))
            last = max(number for chat, number in api.messages if chat == 5)
            api.press(5, last, "file/all")
            api.until(lambda: any("已采用" in text for text in api.texts(5)))
            api.say(5, "进度")
            api.until(lambda: any("一、基本信息" in text for text in api.texts(5)[-2:]))


def test_the_release_before_this_one_reads_a_state_without_files(tmp_path: Path) -> None:
    """Two releases run side by side while one takes over from the other."""
    outcome = conversation.assistant(Settings(data=furnished(tmp_path), office=False)).handle(
        Incoming("a", text="写申报书"), Saved("a")
    )
    assert set(outcome.state) <= {"phase", "asking", "trail", "skipped", "questions", "consent", "held", "steps"}
