"""A person's own data: handed over, erased after a second word, and nothing of it left in the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.dialogue.assistant import Assistant
from bot.dialogue.table import step
from bot.hearing.routing import hear
from bot.outside.chatfiles import ChatFiles
from bot.store import Store, Update, open_store
from bot.store.tables import metadata
from bot.turn.events import Opened, Said
from bot.turn.ground import Ground
from bot.turn.outcome import Work
from bot.turn.ports import take_turn
from bot.turn.replies import Incoming, Reply
from bot.turn.session import Session
from drafting.form.draft import Draft
from knowledge.answers.answer import Answer, Citation
from tests.conversation.talk import CALL


class Knows:
    def note(self, item: str, *, today: date, bureau: str) -> Citation | None:
        return None

    def ask(self, question: str, *, history: tuple[str, ...], today: date, bureau: str) -> Answer:
        return Answer(f"答：{question}", "answered")


def unwritten(draft: Draft, chat: str, version: int) -> tuple[Path, tuple[str, ...]]:
    raise NotImplementedError


class Chat:
    """People at one store."""

    def __init__(self, address: str, folder: Path):
        self.now = 1000.0
        self.store: Store = open_store(address, lambda: self.now)
        self.folder = folder
        self.assistant = Assistant(
            CALL, Knows(), unwritten, lambda path, _call: Opened(path.name, None), lambda: date(2026, 3, 28),
            files=ChatFiles(folder),
        )  # fmt: skip

    def say(self, chat: str, text: str) -> tuple[Reply, ...]:
        incoming = Incoming(chat=chat, user=f"user-{chat}", text=text, name=f"名{chat}")
        return take_turn(self.assistant, self.store, incoming).replies

    def text(self, chat: str, text: str) -> str:
        return "\n".join(one.text for one in self.say(chat, text))

    def joins(self, owner: str, other: str) -> None:
        code = self.text(owner, "邀请同事").rpartition("加入 ")[2].split()[0]
        assert "已加入" in self.text(other, f"加入 {code}")

    def everything(self) -> str:
        """All that stands in the database, as text."""
        with self.store._engine.begin() as connection:
            rows = [connection.execute(select(table)).all() for table in metadata.sorted_tables]
        return repr(rows)


@pytest.fixture
def chat(address: str, tmp_path: Path) -> Iterator[Chat]:
    one = Chat(address, tmp_path / "exports")
    yield one
    one.store.close()


def begin(chat: Chat, who: str) -> None:
    chat.say(who, "写申报书")
    chat.say(who, "联合体名称：样例甲联合体")
    chat.say(who, "联系人王样例，电话13800001234")
    chat.say(who, "同意")
    chat.say(who, "成员单位最少几家？")


def test_everything_that_is_kept_is_handed_over_as_a_file(chat: Chat) -> None:
    begin(chat, "a")
    file = chat.say("a", "我的数据")[0].file
    assert file is not None
    kept = json.loads(file.read_text("utf-8"))
    assert kept["drafts"][0]["facts"]["fields"]["contact_phone"] == "13800001234"
    answer = kept["answers"][0]
    assert answer["question"] == "成员单位最少几家？" and kept["consents"]
    assert answer["status"] == "answered" and answer["today"] == "2026-03-28" and "citations" in answer
    assert chat.say("b", "我的数据")[0].file != file


def test_nothing_is_erased_by_the_first_word_or_by_the_second_alone(chat: Chat) -> None:
    begin(chat, "a")
    assert "这些会删除" in chat.text("a", "确认删除")
    chat.say("a", "进度")
    before = chat.everything()
    told = chat.text("a", "删除我的数据")
    assert "样例甲联合体" in told and "确认删除" in told
    assert "13800001234" in before and "13800001234" in chat.everything()


def test_after_the_second_word_nothing_leads_to_the_person(chat: Chat) -> None:
    begin(chat, "aaa")
    chat.say("aaa", "存一版")
    file = chat.say("aaa", "我的数据")[0].file
    chat.say("aaa", "忘记我")
    assert "已删除" in chat.text("aaa", "确认删除")
    left = chat.everything()
    for gone in ("13800001234", "王样例", "样例甲", "名aaa", "user-aaa", "成员单位最少几家"):
        assert gone not in left
    assert file is not None and not file.exists()
    assert "还没有开始" in chat.text("aaa", "进度")
    begin(chat, "aaa")
    assert chat.store.load("aaa").draft is not None


def test_a_shared_draft_goes_on_with_the_colleague_and_without_the_name(chat: Chat) -> None:
    begin(chat, "aaa")
    chat.joins("aaa", "bbb")
    chat.say("bbb", "项目叫样例项目")
    chat.say("aaa", "删除我的数据")
    assert "已删除" in chat.text("aaa", "确认删除")
    draft = chat.store.load("bbb").draft
    assert draft is not None and draft.facts["fields"]["consortium_name"] == "样例甲联合体"
    assert draft.team.me.role == "owner" and not draft.team.others
    left = chat.everything()
    assert "名aaa" not in left and "user-aaa" not in left and "'aaa'" in left  # the chat's own empty row
    assert left.count("aaa") == 1
    assert "样例项目" in chat.text("bbb", "预览")
    assert "谁" not in chat.text("bbb", "撤销")


def test_an_editor_who_goes_leaves_what_they_filled(chat: Chat) -> None:
    begin(chat, "aaa")
    chat.joins("aaa", "bbb")
    chat.say("bbb", "项目叫样例项目")
    assert "内容留给同事" in chat.text("bbb", "删除我的数据")
    chat.say("bbb", "确认删除")
    assert "样例项目" in chat.text("aaa", "预览") and "名bbb" not in chat.everything()
    assert "同事（1月1日）：项目名称" in chat.text("aaa", "谁填的")


def test_what_was_handled_long_ago_is_dropped_and_what_waits_stays(chat: Chat) -> None:
    source = ("telegram", "7")
    chat.store.inbox.receive(source, [Update(1, "tg:5", {"text": "一"}), Update(2, "tg:5", {"text": "二"})])
    first = chat.store.inbox.claim(source, "tg:5")
    assert first is not None
    chat.store.finish(Work(first.id, "telegram", ()))
    chat.now += 40 * 24 * 3600
    assert chat.store.expire(0) == 0
    assert chat.store.waiting()["inbox"] == 1 and chat.everything().count("tg:5") == 1


def test_who_was_silent_too_long_is_erased_unless_a_colleague_still_works(chat: Chat) -> None:
    begin(chat, "aaa")
    begin(chat, "ccc")
    chat.joins("ccc", "ddd")
    chat.now += 40 * 24 * 3600
    chat.say("ddd", "项目叫样例项目")
    assert chat.store.expire(30) == 1
    left = chat.everything()
    assert "名aaa" not in left and "'aaa'" not in left
    assert chat.store.load("ccc").draft is not None
    chat.now += 40 * 24 * 3600
    assert chat.store.expire(30) == 2 and chat.store.expire(30) == 0
    assert "样例" not in chat.everything()


@pytest.mark.parametrize(
    "said",
    [
        "把我的数据都删了",
        "我不想用了 信息给我清掉",
        "注销账号",
        "清空数据",
        "删掉我的聊天记录",
        "忘了我",
        "不要保存我的信息",
        "忘记我",
    ],
)
def test_who_wants_to_be_forgotten_is_heard_in_a_draft_too(said: str) -> None:
    opened = step(Session(), Said("写申报书"), Ground(CALL, date(2026, 3, 28))).session
    assert hear(opened, Said(said), CALL).signal == "forget"
