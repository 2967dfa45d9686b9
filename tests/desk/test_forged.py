"""Buttons and links that somebody makes up or presses again: nothing of anybody else is seen, changed or opened."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import hearing
from bot.desk.entries.life import EntryLed
from bot.desk.materials.life import MaterialLed
from bot.desk.registry import ACTIONS
from bot.dialogue.assistant import Assistant
from bot.store.desk.looks import LOOKS
from bot.store.desk.perform import PERFORMED
from bot.store.desk_tables import faqs, submissions, ticket_words, tickets
from bot.turn.acts import Change
from bot.turn.wish import press
from tests.conversation.office import Office
from tests.desk.applications import application, drafted
from tests.desk.bureau import bureau, recruit, staffed

CANARY = "金丝雀"
SECRETS = (f"{CANARY}问题", f"样例{CANARY}联合体", f"{CANARY}口径", "孙九")
STRANGERS = ("v", "s")
WORDS = Path(hearing.__file__).with_name("words.toml")


@pytest.fixture
def office(tmp_path: Path, shared: Assistant) -> Iterator[Office]:
    """南京 has a ticket, an application and an entry that waits; 周七 is nobody's, 孙九 is 苏州's."""
    office = staffed(tmp_path, shared)
    office.names = {"z": "张三", "l": "李四", "s": "钱八", "w": "王五", "v": "周七"}
    for code, chat in (("nanjing", "z"), ("nanjing", "l"), ("suzhou", "s")):
        bureau(office, code)
        recruit(office, code, chat)
    office.say("w", "我们是南京的")
    office.say("v", "我们是南京的")
    office.say("w", f"转人工 {CANARY}问题能不能报")
    drafted(office, "w", application(CANARY))
    office.say("w", "提交给工信局")
    office.say("z", f"新增口径 问：{CANARY}口径怎么算？答：另行通知。")
    office.say("z", "送审 1")
    yield office
    office.store.close()


def kept(office: Office) -> list[object]:
    """All rows of the desks that a button could be about."""
    with office.store.engine.connect() as connection:
        return [connection.execute(select(table)).all() for table in (tickets, ticket_words, submissions, faqs)]


def kinds(change: type[Change]) -> set[type[Change]]:
    """Every kind of change that may be carried out."""
    return {one for each in change.__subclasses__() for one in ({each} if hasattr(each, "kind") else kinds(each))}


def test_every_action_has_one_way_of_looking_and_every_change_one_function() -> None:
    assert {action.look for action in ACTIONS.values()} == set(LOOKS)
    # A step in a life has its kind from the step.
    assert kinds(Change) | {EntryLed, MaterialLed} == set(PERFORMED)
    heard = {kind for whose in ("desk", "anyone") for kind in tomllib.loads(WORDS.read_text("utf-8"))[whose]}
    assert heard <= set(ACTIONS)


@pytest.mark.parametrize("who", STRANGERS)
def test_no_button_of_any_kind_shows_or_changes_what_is_anothers(office: Office, who: str) -> None:
    before = kept(office)
    office.letters.clear()
    # Whoever asks for people themselves gets a ticket of their own.
    for kind in ACTIONS.keys() - {"human"}:
        for text in ("", "nanjing", "nanjing/0", "1", "2!", "*", "in", CANARY):
            told = office.say(who, f"[{press(kind, 1, text)}")
            assert not [one for one in SECRETS if one in told], (kind, text)
    mine = [[row for row in rows if row.bureau == "nanjing"] for rows in kept(office)]  # type: ignore[attr-defined]
    assert mine == [[row for row in rows if row.bureau == "nanjing"] for rows in before]  # type: ignore[attr-defined]
    assert "desk:nanjing" not in office.letters and "w" not in office.letters


@pytest.mark.parametrize("link", ["d_{draft}", "b_nanjing", "join_{draft}", "{draft}", "tg:1", "join_ABCD2345", "t_1"])
def test_no_link_opens_a_draft_or_a_desk(office: Office, link: str) -> None:
    told = office.say("v", f"/start {link.format(draft=office.id('w'))}")
    assert CANARY not in told and "已加入" not in told and "您已是" not in told
    assert CANARY not in office.say("v", "预览") and CANARY not in office.say("v", "我的提问")


def test_a_button_pressed_again_does_nothing_twice(office: Office) -> None:
    office.say("z", "[desk/close/1/nanjing")
    office.say("z", "[desk/accepts/1")
    before, letters = kept(office), len(office.letters["w"])
    for pressed in ("close/1/nanjing", "accepts/1", "take/1/nanjing"):
        office.say("z", f"[desk/{pressed}")
    assert kept(office) == before and len(office.letters["w"]) == letters


def test_an_applicants_own_button_means_its_bureau_when_they_came_to_work_at_another(office: Office) -> None:
    drafted(office, "u", application("乙", recommender="苏州市工业和信息化局"))
    office.say("u", "提交给工信局")
    recruit(office, "suzhou", "w")
    before = kept(office)
    assert "没有编号1" in office.say("w", "[desk/withdraw/1/nanjing")
    assert "样例乙" not in office.say("w", "[desk/spot/1/nanjing/0")
    assert kept(office) == before


def test_a_press_in_a_draft_of_anothers_chat_changes_only_ones_own(office: Office) -> None:
    before = office.draft("w")
    for pressed in (
        "file/all",
        "unit/confirm",
        "start",
        "consent/yes",
        "tasks/5",
        "read/yes",
        "word/adopt",
        "city/suzhou",
    ):
        incoming = replace(office.incoming("v", ""), text=None, press=pressed)
        saved = office.store.load("v")
        office.store.commit(saved, office.assistant.handle(incoming, saved), "v")
    assert office.draft("w") == before and CANARY not in str(office.draft("v"))
