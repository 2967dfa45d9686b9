"""A bureau's desk on Telegram: a topic for each ticket, answers by replying, and talk among its people kept there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bot.desk.bureau.life import Recruited, Settled
from bot.running import conversation
from bot.store import open_store
from bot.turn.acts import Act
from bot.turn.scope import operator
from tests.botapi import ME, NAME, BotApi
from tests.channels.harness import running, settings_for
from tests.channels.test_colleagues import person, told
from tests.furnished import furnished

ROOM = -100300
STAFF, COLLEAGUE, ASKER, STRANGER = 5, 6, 7, 8


def prepared(tmp_path: Path, *, forum: bool, api: BotApi) -> Any:
    """南京 in use, with a code for its first administrator."""
    if forum:
        api.forums.add(ROOM)
    settings = settings_for(api, furnished(tmp_path), today=date(2026, 3, 28))
    store = open_store(settings.database)
    codes = [Act(operator("nanjing"), Recruited(code, "admin")) for code in ("ABCD2345", "ABCD2346")]
    store.perform([Act(operator("nanjing"), Settled({"active": True})), *codes])
    store.close()
    return settings


def staff(api: BotApi) -> None:
    """Two who work there, and their group."""
    for chat, name, code in ((STAFF, "张三", "ABCD2345"), (COLLEAGUE, "李四", "ABCD2346")):
        api.say(chat, f"加入 {code}", **person(chat, name))
        told(api, chat, "您已是南京市工业和信息化局的管理员")
    api.say(ROOM, f"@{NAME} 绑定工作群", **person(STAFF, "张三"))
    told(api, ROOM, "这个群是南京市工业和信息化局的工作群了")


@contextmanager
def at_work(api: BotApi, folder: Path, *, forum: bool) -> Iterator[None]:
    """The bot at work for 南京, with two of its people and their group."""
    settings = prepared(folder, forum=forum, api=api)
    with running(settings, conversation.assistant(settings)):
        staff(api)
        yield


def asked(api: BotApi) -> None:
    """A question nobody's notice answers, handed to people."""
    api.say(ASKER, "/start nanjing", **person(ASKER, "王五"))
    told(api, ASKER, "现在按南京市工业和信息化局的口径回答")
    api.say(ASKER, "补助有多少", **person(ASKER, "王五"))
    told(api, ASKER, "通知没有写明支持多少")
    api.say(ASKER, "转人工", **person(ASKER, "王五"))
    told(api, ASKER, "编号1")


def placed(api: BotApi, chat: int, words: str) -> dict[str, Any]:
    """The message of the bot that says these words."""
    told(api, chat, words)
    return next(
        one for (where, _), one in sorted(api.messages.items()) if where == chat and words in one.get("text", "")
    )


def noted(api: BotApi, chat: int, name: str) -> None:
    """Until what was sent to a chat is known by its number: it goes out before anything after it."""
    before = len(api.texts(chat))
    api.say(chat, "换城市", **person(chat, name))
    told(api, chat, "您在哪个市", before)


def answering(message: dict[str, Any]) -> dict[str, Any]:
    """What a reply to a message says of it."""
    thread: dict[str, Any] = {key: message[key] for key in ("message_thread_id", "is_topic_message") if key in message}
    return {"reply_to_message": message, **thread}


def in_topic(thread: int) -> dict[str, Any]:
    """What a message in a topic says when it answers nothing: the message that opened the topic stands as answered."""
    root = {"message_id": thread, "date": 1_770_000_000, "chat": {"id": ROOM, "type": "supergroup"}, "from": ME}
    opened = {**root, "forum_topic_created": {"name": "#1", "icon_color": 1}}
    return {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": opened}


def test_a_ticket_gets_a_topic_and_a_reply_in_it_reaches_the_asker(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        thread = card["message_thread_id"]
        assert api.topics[ROOM, thread].startswith("#1 补助有多少")
        before = len(api.texts(ASKER))
        api.say(ROOM, "这个怎么答？", **person(COLLEAGUE, "李四"), **in_topic(thread))
        api.say(ROOM, f"@{NAME} 大家先看看", **person(COLLEAGUE, "李四"), **in_topic(thread))
        api.press(ROOM, card["message_id"], "desk/take/1/nanjing")
        told(api, ROOM, "")
        api.say(ROOM, "按省厅通知执行，本市另行通知。", **person(STAFF, "张三"), **answering(card))
        answer = told(api, ASKER, "答复（编号1）", before)
        assert "按省厅通知执行，本市另行通知。" in answer
        assert "怎么答" not in answer and "先看看" not in answer
        assert all(one.get("message_thread_id") == thread for (chat, _), one in api.messages.items()
                   if chat == ROOM and "1号" in one.get("text", "") and "已答复" in one.get("text", ""))  # fmt: skip


def test_who_works_there_has_the_desks_commands_in_the_menu_until_they_leave(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        shown = [
            call.params for call in api.calls if call.method == "setMyCommands" and '"chat"' in call.params["scope"]
        ]
        assert {str(chat) in "".join(one["scope"] for one in shown) for chat in (STAFF, COLLEAGUE, ROOM)} == {True}
        assert all("queue" in one["commands"] for one in shown)
        before = len(api.texts(STAFF))
        api.say(STAFF, "/queue", **person(STAFF, "张三"))
        told(api, STAFF, "没有待办", before)
        api.say(COLLEAGUE, "退出工作台", **person(COLLEAGUE, "李四"))
        told(api, COLLEAGUE, "您已退出")
        api.until(lambda: any(call.method == "deleteMyCommands" for call in api.calls), "the menu is taken back")


def test_the_asker_answers_back_by_replying(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        api.say(ROOM, "追问：是问市里的还是省里的？", **person(STAFF, "张三"), **answering(card))
        question = placed(api, ASKER, "想先了解（编号1）：是问市里的还是省里的？")
        noted(api, ASKER, "王五")
        api.say(ASKER, "省里的", **person(ASKER, "王五"), **answering(question))
        told(api, ASKER, "已补充到1号")
        said = placed(api, ROOM, "#1 提问人补充：省里的")
        assert said["message_thread_id"] == card["message_thread_id"]


def test_a_group_without_topics_works_by_replies(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=False):
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        assert "message_thread_id" not in card
        api.say(ROOM, "另行通知。", **person(COLLEAGUE, "李四"), **answering(card))
        told(api, ASKER, "答复（编号1）：另行通知。")


def test_without_a_group_each_of_the_desk_is_told_in_private(api: BotApi, tmp_path: Path) -> None:
    settings = prepared(tmp_path, forum=False, api=api)
    with running(settings, conversation.assistant(settings)):
        for chat, name, code in ((STAFF, "张三", "ABCD2345"), (COLLEAGUE, "李四", "ABCD2346")):
            api.say(chat, f"加入 {code}", **person(chat, name))
            told(api, chat, "您已是")
        asked(api)
        told(api, STAFF, "问：补助有多少")
        told(api, COLLEAGUE, "问：补助有多少")
        api.say(COLLEAGUE, "答复 1 另行通知。", **person(COLLEAGUE, "李四"))
        told(api, ASKER, "答复（编号1）：另行通知。")


def test_a_topic_that_somebody_deleted_is_opened_anew(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        del api.topics[ROOM, card["message_thread_id"]]
        api.say(ASKER, "补充 1 省里的", **person(ASKER, "王五"))
        said = placed(api, ROOM, "提问人补充：省里的")
        assert said["message_thread_id"] != card["message_thread_id"]


def test_who_is_in_the_group_but_not_of_the_desk_answers_nothing(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        before = len(api.texts(ASKER))
        api.say(ROOM, "给一百万", **person(STRANGER, "路人"), **answering(card))
        api.press(ROOM, card["message_id"], "desk/close/1/nanjing")
        told(api, ROOM, "这项由工信局工作人员来办")
        assert "一百万" not in "\n".join(api.texts(ASKER)[before:])
        api.say(ROOM, f"@{NAME} 绑定工作群", **person(STRANGER, "路人"))
        told(api, ROOM, "这项由本局管理员来办")


def test_a_strangers_group_is_nobodys_and_a_bureaus_own_is_taken_by_no_other(api: BotApi, tmp_path: Path) -> None:
    settings = prepared(tmp_path, forum=True, api=api)
    with running(settings, conversation.assistant(settings)):
        api.say(ROOM, f"@{NAME} 绑定工作群", **person(STRANGER, "路人"))
        told(api, ROOM, "这项由本局管理员来办")
        staff(api)
