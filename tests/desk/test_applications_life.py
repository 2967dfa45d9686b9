"""The life of an application: whatever is tried in whatever order, in the head and in the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.applications.handing_in import MOST
from bot.desk.applications.life import LIVE, STEPS, Doing, Submission, after, moved, placed, refused
from bot.desk.life import Doer
from bot.dialogue.assistant import Assistant
from bot.store.desk_tables import submissions
from bot.turn.scope import operator
from drafting.form.locating import item_at, remarks
from knowledge.call.definition import Call
from tests.conversation.office import Office
from tests.desk.applications import application, changed, drafted
from tests.desk.bureau import bureau, recruit, staffed

TRIES = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.booleans()), max_size=40)


@given(TRIES, st.sampled_from(["chat", "mail"]))
def test_any_order_of_tries_keeps_the_rules(steps: list[tuple[Doing, bool]], source: str) -> None:
    one = Submission("nanjing", 1, "w", source=source)  # type: ignore[arg-type]
    for doing, serves in steps:
        if refused(one, doing, Doer(applicant=not serves)):
            continue
        before, one = one, after(one, doing)
        assert one.version == before.version + 1
        assert before.state in LIVE, "what is withdrawn or superseded stays so"
        if not serves:
            assert doing == "withdraw" and before.state != "accepted"
        if doing == "withdraw" and serves:
            assert source == "mail"
        if doing == "renew":
            assert before.state != "accepted"
        if one.state == "accepted":
            assert doing == "accept" and before.state in ("submitted", "returned")
        assert one.rank == 0 or one.state == "accepted"


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["in", "out", "up", "down"])), max_size=40))
def test_the_order_never_holds_one_twice(steps: list[tuple[int, str]]) -> None:
    order: tuple[int, ...] = ()
    for number, step in steps:
        before, order = order, moved(order, number, step)  # type: ignore[arg-type]
        assert len(set(order)) == len(order)
        if step in ("up", "down"):
            assert sorted(order) == sorted(before)
        if step == "up" and number in before:
            assert order.index(number) == max(0, before.index(number) - 1)


def test_one_is_put_in_a_place() -> None:
    assert placed((1, 2, 3), 3, 1) == (3, 1, 2)
    assert placed((1, 2, 3), 1, 9) == (2, 3, 1)
    assert moved((1, 2, 3), 2, "down") == (1, 3, 2)


@pytest.fixture
def office(tmp_path: Path, shared: Assistant) -> Iterator[Office]:
    office = staffed(tmp_path, shared)
    bureau(office, "nanjing")
    recruit(office, "nanjing", "z")
    drafted(office, "w", application())
    yield office
    office.store.close()


SAID = st.lists(
    st.sampled_from([
        ("w", "提交"), ("w", "改"), ("w", "撤回 {last}"), ("z", "接收 {last}"), ("z", "退回 {last} 任务5：低"),
        ("z", "重审 {last}"), ("z", "[desk/rank/{last}/in"), ("z", "接收 1"), ("z", "重审 1"), ("w", "撤回 1"),
    ]),
    max_size=14,
)  # fmt: skip


def test_whatever_is_said_one_version_is_accepted_at_most_and_nothing_over_comes_back(office: Office) -> None:
    states: dict[int, str] = {}
    count = 0

    def look() -> None:
        with office.store.desks.look(operator("nanjing")) as seen:
            rows = seen.rows(submissions, order=(submissions.c.number,))
        for row in rows:
            before = states.get(row.number, "submitted")
            assert before not in ("withdrawn", "superseded") or row.state == before
            assert row.rank == 0 or row.state == "accepted"
            states[row.number] = row.state
        assert sum(one == "accepted" for one in states.values()) <= 1
        assert sum(one in ("submitted", "returned") for one in states.values()) <= 2

    @settings(max_examples=12, deadline=None)
    @given(SAID)
    def tried(steps: list[tuple[str, str]]) -> None:
        nonlocal count
        for chat, words in steps:
            count += 1
            if words == "改":
                changed(office, "w", application(f"第{count}"))
                continue
            office.say(chat, words.replace("{last}", str(len(states) or 1)))
            look()

    tried()
    assert len(states) <= MOST


# ---------------------------------------------------------------- places
@pytest.mark.parametrize(
    ("where", "item"),
    [
        ("五/项目概算", "plan/项目概算"), ("项目概算", "plan/项目概算"), ("第五部分", "plan"), ("五", "plan"),
        ("二/任务5", "target/5"), ("任务5的目标", "target/5"), ("一/联系人/电话", "contact_phone"),
        ("封面/推荐单位", "recommender"), ("三/参与单位2", "members"), ("七", "promise"), ("别处", ""), ("/", ""),
        ("任务99", ""),
    ],
)  # fmt: skip
def test_places_are_named_as_findings_and_as_people_do(where: str, item: str, call: Call) -> None:
    assert item_at(where, call) == item


def test_a_remark_goes_on_behind_a_semicolon_and_a_line_is_one_of_its_own(call: Call) -> None:
    assert remarks("项目概算：缺总额；分年也没有；任务5：低\n都要核\n", call) == (
        ("项目概算", "plan/项目概算", "缺总额；分年也没有"), ("任务5", "target/5", "低"), ("", "", "都要核"),
    )  # fmt: skip
    assert remarks(" ；\n", call) == ()
