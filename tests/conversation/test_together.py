"""Any order of what two or three people do at once, stale saves included, over a real store: nothing is lost."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.dialogue.assistant import Assistant
from bot.dialogue.restoring import restore
from bot.turn.outcome import Outcome, Saved
from bot.turn.session import Session
from drafting.application.whole_form import form_of
from drafting.changes.history import ORDER, Changes, changes, flat
from drafting.form.draft import Draft
from tests.conversation.office import Office, opened
from tests.conversation.talk import CALL

PEOPLE = ("z", "l", "w")
UNIT = "江苏样例大学"
SAID = st.sampled_from([
    "项目名称：甲项目", "项目名称改成乙项目", "专利5个", "专利6个", "模型2个", "必选的都做", "可选的都不做", "任务5不做",
    "联合体名称：样例乙联合体", f"{UNIT}做任务3、5", f"{UNIT}，省属高校，做任务9", "参与单位：南通样例软件有限公司", f"去掉{UNIT}",
    f"参与单位：{UNIT}", "我们负责1、8", "五、实施方案：\n先采数，再建集。", "联系人甄样例，电话13800000001", "撤销", "存一版", "恢复版本1",
    "预览", "好的", "跳过", "某某项目", "任务：3、9", "简介：省属高校，教师45人", "确认本单位内容", "谁填的", "同事", "上一步",
    "项目名称：丙项目\n\n撤销", f"{UNIT}换成南京样例大学", "退出",
])  # fmt: skip


class Together(RuleBasedStateMachine):
    """张三 owns the draft, 李四 fills it too, 王五 is of a unit; each turn may be held back and come too late."""

    clerk: ClassVar[Assistant]
    home: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.home))
        self.office: Office = opened(self.folder, self.clerk)
        self.held: list[tuple[str, str, Saved, Outcome]] = []
        # What stands at each path by all that was ever acknowledged, and whose it is.
        self.ledger: dict[str, object] = {}

    def teardown(self) -> None:
        self.office.store.close()
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        office = self.office
        office.say("z", f"联合体名称：样例甲联合体；参与单位：{UNIT}，苏州样例科技有限公司")
        office.say("z", f"参与单位：{UNIT}，苏州样例科技有限公司")
        office.joined("z", "l")
        office.say("w", f"加入 {office.code('z', f'邀请{UNIT}')}")
        self.ledger = flat(self.draft())

    def draft(self) -> Draft:
        return self.office.draft("z")

    @rule(who=st.sampled_from(PEOPLE), said=SAID)
    def speaks(self, who: str, said: str) -> None:
        self._turn(who, said, *self.office.handled(who, said))

    @rule(who=st.sampled_from(PEOPLE), said=SAID)
    def begins_to_speak(self, who: str, said: str) -> None:
        self.held.append((who, said, *self.office.handled(who, said)))

    @precondition(lambda self: self.held)
    @rule()
    def is_heard_late(self) -> None:
        self._turn(*self.held.pop(0))

    def _turn(self, who: str, said: str, saved: Saved, outcome: Outcome) -> None:
        """A turn saved: exactly what it was about to change is changed; a stale one changes nothing."""
        before = self.draft()
        if not self.office.keep(who, saved, outcome):
            assert self.draft() == before
            return
        after, seen = self.draft(), restore(saved).draft
        step_ = changes(before, after)
        assert step_ == (changes(seen, Draft.model_validate(outcome.draft.facts)) if outcome.draft else {})
        told = {**self.ledger, **{path: new for path, (_, new) in step_.items()}}
        self.ledger = {path: value for path, value in told.items() if value is not None}
        if said == "撤销":
            self._own(saved, step_)
        if who == "w":
            assert {path for path in step_ if path != "order"} <= {f"members/{self._unit()}"}

    def _unit(self) -> str:
        draft = self.office.store.load("w").draft
        assert draft
        return draft.team.unit

    def _own(self, saved: Saved, undone: Changes) -> None:
        """Undo touches only what this person's last step touched, where it still is as they left it."""
        mine = restore(saved).steps
        last = mine[-1] if mine else {}
        # In which order the units stand follows from which units there are.
        touched = {path: was for path, (was, _) in undone.items() if path != ORDER}
        assert set(touched) <= set(last)
        assert all(was == last[path][1] for path, was in touched.items())

    @invariant()
    def everything_acknowledged_is_there(self) -> None:
        if self.ledger:
            assert flat(self.draft()) == self.ledger

    @invariant()
    def it_can_be_put_into_the_form(self) -> None:
        form_of(self.draft(), CALL)

    @invariant()
    def every_session_survives_being_saved(self) -> None:
        for who in PEOPLE:
            session = restore(self.office.store.load(who))
            assert Session.model_validate_json(session.model_dump_json()) == session


def test_whatever_people_do_at_once_nothing_is_lost(tmp_path: Path, clerk: Assistant) -> None:
    Together.clerk, Together.home = clerk, tmp_path
    run_state_machine_as_test(Together, settings=settings(max_examples=6, stateful_step_count=20, deadline=None))


# ---------------------------------------------------------------- the wall
KNOWN = ("样例甲联合体", "李四的项目", UNIT, "13800000001", "甄样例")
TRIES = st.one_of(
    SAID,
    st.sampled_from([
        "加入 AAAA2222", "/start join_ABCD2345", "切换2", "切换 样例甲联合体", "换一份", "恢复版本1", "比较版本1和2", "版本", "移除 张三",
        "移交给张三", "邀请同事", f"邀请{UNIT}", "退出这份申报书", "确认本单位内容", "谁填的", "谁填的项目名称", "成员", "进度", "导出", "写申报书",
        "[unit/confirm", "[tasks/5", "[file/all", "[consent/no", "不同意", "[join/ID", "切换 ID", "加入 ID", "/start ID", "加入 CODE ",
    ]),
    st.text("ABCDEFGHJKMNPQRSTUVWXYZ23456789", min_size=8, max_size=8).map("加入 {}".format),
)  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.lists(TRIES, max_size=12))
def test_a_stranger_never_sees_or_changes_a_draft(folder: Path, clerk: Assistant, tries: list[str]) -> None:
    place = Path(tempfile.mkdtemp(dir=folder))
    office = opened(place, clerk)
    office.say("z", "联合体名称：样例甲联合体")
    office.say("z", f"参与单位：{UNIT}")
    office.say("z", "联系人姓名：甄样例，电话13800000001")
    office.say("z", "项目名称：李四的项目")
    office.say("z", "存一版")
    used = office.code("z")
    office.say("l", f"加入 {used}")
    open_code, before, people = office.code("z"), office.draft("z"), office.say("z", "同事")
    for said in tries:
        told = office.say("x", said.replace("ID", office.id("z")).replace("CODE ", used))
        mine = office.store.load("x").draft
        assert mine is None or mine.id != office.id("z")
        assert open_code not in told
        own = "".join(tries)
        assert not [word for word in KNOWN if word in told and word not in own], said
    assert office.draft("z") == before
    assert office.say("z", "同事") == people
    assert "x" not in office.letters
    office.store.close()
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wall")
