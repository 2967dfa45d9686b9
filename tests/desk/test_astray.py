"""What is said on a ticket reaches its asker and nobody else: old buttons, other numbers, other bureaus, people gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.crew import DESK
from bot.desk.tickets import actions, page
from bot.desk.tickets.life import State, Ticket
from bot.dialogue.assistant import Assistant
from bot.store.desk.tickets import held
from bot.turn.ground import Ground
from bot.turn.scope import PROVINCE, Role, Scope
from bot.turn.session import Session
from bot.turn.wish import Consulted, Wish
from knowledge.call.definition import Call
from tests.conversation.office import Office
from tests.desk.bureau import bureau, recruit, staffed

SAID = "金丝雀答复"
ASKERS = ("w", "v", "u")


@pytest.fixture
def office(tmp_path: Path, shared: Assistant, address: str) -> Iterator[Office]:
    """南京 with 张三 and 苏州 with 孙九; 王五 asked 南京, 周七 asked 苏州, each the first there."""
    office = staffed(tmp_path, shared, address)
    office.names = {"z": "张三", "s": "孙九", "w": "王五", "v": "周七"}
    for code, clerk, asker, question in (("nanjing", "z", "w", "周末收材料吗"), ("suzhou", "s", "v", "要几份")):
        bureau(office, code)
        recruit(office, code, clerk)
        office.say(asker, f"我们是{'南京' if code == 'nanjing' else '苏州'}的")
        assert "编号1" in office.say(asker, f"转人工 {question}")
    office.letters.clear()
    yield office
    office.store.close()


def replying(office: Office, chat: str, matter: str, text: str) -> str:
    """What a chat is told that answers an old message about a ticket."""
    incoming = replace(office.incoming(chat, text), matter=matter, replying=True)
    saved = office.store.load(chat)
    outcome = office.assistant.handle(incoming, saved)
    office.store.commit(saved, outcome, chat)
    return office.told(chat, outcome.replies)


def reached(office: Office) -> set[str]:
    """The askers who were told what the desk said."""
    return {chat for chat in ASKERS if SAID in "".join(office.letters.get(chat, []))}


def test_a_clerk_who_went_to_another_bureau_answers_there_nothing_of_the_old_one(office: Office) -> None:
    office.say("s", "邀请管理员")
    recruit(office, "suzhou", "t")
    office.say("s", "退出工作台")
    recruit(office, "nanjing", "s")
    assert "没有编号1的问题" in replying(office, "s", "suzhou/1", SAID)
    for press in ("take", "close", "pass", "over"):
        assert "没有编号1的问题" in office.say("s", f"[desk/{press}/1/suzhou")
    assert "没有编号1的问题" in office.say("s", f"答复 苏州1 {SAID}")
    assert reached(office) == set()
    assert "待接单" in office.say("z", "工单 1") and "待接单" in office.say("t", "工单 1")
    assert "已答复" in replying(office, "s", "nanjing/1", SAID) and reached(office) == {"w"}


def test_whoever_works_at_one_bureau_and_asked_another_closes_nothing_by_its_buttons(office: Office) -> None:
    recruit(office, "suzhou", "w")
    assert "没有编号1" not in (told := office.say("w", "[desk/solved/1/nanjing")) and "好。" in told
    assert "待接单" in office.say("s", "工单 1")
    assert "没有编号1的问题" in office.say("w", "[desk/said/1/nanjing")


def test_a_clerk_who_says_the_askers_word_is_told_which_one_is_theirs(office: Office) -> None:
    assert "要发给提问人，说“补充答复 1 ……”" in office.say("z", f"补充 1 {SAID}")
    assert reached(office) == set()


def test_an_asker_who_chose_another_city_since_still_speaks_to_the_desk_that_was_asked(office: Office) -> None:
    office.say("w", "我们是苏州的")
    assert "已补充到1号" in replying(office, "w", "nanjing/1", "周六上午")
    assert "周六上午" in office.letters["desk:nanjing"][-1] and "desk:suzhou" not in office.letters
    office.say("z", f"答复 1 {SAID}")
    assert "已重开" in office.say("w", "[desk/unsolved/1/nanjing")
    assert reached(office) == {"w"}


def test_a_ticket_that_is_over_is_answered_to_nobody_until_it_is_opened_again(office: Office) -> None:
    office.say("z", "关闭 1")
    assert "1号已办结。要再办，说“重开 1”" in replying(office, "z", "nanjing/1", SAID)
    assert reached(office) == set()
    office.say("z", "重开 1")
    assert "已答复" in replying(office, "z", "nanjing/1", SAID) and reached(office) == {"w"}


def test_an_answer_to_somebody_who_erased_everything_reaches_nobody_and_the_number_is_never_anothers(
    office: Office,
) -> None:
    office.say("w", "删除我的数据")
    office.say("w", "确认删除")
    assert "没有编号1的问题" in replying(office, "z", "nanjing/1", SAID)
    office.say("u", "我们是南京的")
    assert "编号2" in office.say("u", "转人工 要几份")
    assert "没有编号1的问题" in replying(office, "z", "nanjing/1", SAID)
    assert reached(office) == set()


# ---------------------------------------------------------------- any ticket, anybody, any words
STATES: tuple[State, ...] = ("open", "taken", "asked", "answered", "closed")
ROLES: tuple[Role, ...] = ("applicant", "staff", "admin", "province")
tickets = st.builds(
    Ticket, st.sampled_from(["nanjing", "suzhou"]), st.integers(1, 3), st.sampled_from(ASKERS), st.just("问"),
    state=st.sampled_from(STATES), raised=st.booleans(), holder=st.sampled_from(["", "z", "s"]),
)  # fmt: skip


@given(
    tickets,
    st.sampled_from([one for one in actions.ON_TICKET if one != "hand"]),
    st.sampled_from([*ASKERS, "z", "s"]),
    st.sampled_from(ROLES),
)
def test_what_is_said_on_any_ticket_goes_to_its_asker_and_its_desk_alone(
    call: Call, ticket: Ticket, kind: str, who: str, role: Role
) -> None:
    scope = Scope(PROVINCE if role == "province" else ticket.bureau, role, who)
    event = Consulted(Wish(kind, ticket.number, SAID, ticket.bureau), scope, found=ticket)
    turn = {**page.HANDLERS, **actions.HANDLERS}[kind](Session(), event, Ground(call, date(2026, 3, 28)))
    told = {one.chat for one in turn.replies if one.chat and SAID in one.text}
    assert {one for one in told if not one.startswith(DESK)} <= {ticket.person}
    assert {one for one in told if one.startswith(DESK)} <= {f"{DESK}{ticket.bureau}", f"{DESK}{PROVINCE}"}
    assert {one.chat for one in turn.replies} <= {"", ticket.person, ticket.holder, *told} | {
        f"{DESK}{ticket.bureau}", f"{DESK}{PROVINCE}"
    }  # fmt: skip
    assert all(one.values["of"] == ticket.bureau and one.number == ticket.number for one in turn.session.acts)


def test_a_number_means_the_ticket_of_the_bureau_it_was_said_of(office: Office) -> None:
    scopes = (
        Scope("nanjing", "staff", "z"), Scope("suzhou", "admin", "s"), Scope("nanjing", "applicant", "w"),
        Scope("suzhou", "applicant", "w"), Scope(PROVINCE, "province", "p"), Scope("*", "applicant", "w"),
    )  # fmt: skip
    for scope, where in product(scopes, ("", "nanjing", "suzhou", "wuxi", "*", PROVINCE)):
        with office.store.desks.look(scope) as seen:
            found = held(seen, Wish("ticket", 1, where=where))
        theirs = isinstance(found, Ticket) and scope.role == "applicant" and not where and found.person == scope.user
        assert not isinstance(found, Ticket) or theirs or found.bureau == (where or scope.bureau), (scope, where)
