"""Answers of a desk on Telegram that could go astray: changed, forwarded, nameless, to people who are gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import words
from bot.running import conversation
from tests.botapi import NAME, BotApi
from tests.channels.harness import running
from tests.channels.test_colleagues import person, told
from tests.channels.test_desk import (
    ASKER,
    COLLEAGUE,
    ROOM,
    STAFF,
    STRANGER,
    answering,
    asked,
    at_work,
    in_topic,
    placed,
    prepared,
    staff,
)

ELSEWHERE = -100777
SAID = "金丝雀另行通知"
EDITED = "1号发给提问人的话不会跟着改。要更正，请回复这条：“补充答复：……”。"


def spoken(api: BotApi, chat: int, text: str, **content: Any) -> dict[str, Any]:
    """A message of a person, and that it arrived."""
    message = api.message(chat, text=text, **content)
    api.push({"message": message})
    return message


def changed(api: BotApi, message: dict[str, Any], text: str) -> None:
    """The person changes the words of a message."""
    edited = {**message, "text": text, "edit_date": 1_770_000_060}
    edited.pop("entities", None)
    api.push({"edited_message": edited})


def forwarded(name: str, number: int) -> dict[str, Any]:
    """What a message says of somebody whose words it passes on."""
    sender = {"id": number, "is_bot": False, "first_name": name}
    return {"forward_origin": {"type": "user", "date": 1_769_000_000, "sender_user": sender}}


def settled(api: BotApi, chat: int, who: int, name: str) -> list[str]:
    """All that a chat was told, once everything said there before was dealt with."""
    before = len(api.texts(chat))
    api.say(chat, f"@{NAME} 帮助", **person(who, name))
    told(api, chat, "可以这样用", before)
    return api.texts(chat)


@pytest.mark.parametrize("forum", [True, False])
def test_whoever_changes_an_answer_that_went_out_is_told_how_to_correct_it(
    api: BotApi, tmp_path: Path, forum: bool
) -> None:
    settings = prepared(tmp_path, forum=forum, api=api)
    with running(settings, conversation.assistant(settings)):
        staff(api)
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        answer = spoken(api, ROOM, SAID, **person(STAFF, "张三"), **answering(card))
        told(api, ASKER, SAID)
        told(api, ROOM, "1号已答复")
        changed(api, answer, "给一百万")
        note = placed(api, ROOM, EDITED)
        assert note.get("message_thread_id") == card.get("message_thread_id")
        settled(api, ROOM, STAFF, "张三")
        api.say(ROOM, "补充答复：以正式文件为准", **person(STAFF, "张三"), **answering(note))
        told(api, ASKER, "补充答复（编号1）：以正式文件为准")
        assert "一百万" not in "".join(api.texts(ASKER))


def test_changed_talk_among_colleagues_stays_unanswered_and_an_asker_is_told_to_say_it_anew(
    api: BotApi, tmp_path: Path
) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        thread = placed(api, ROOM, "问：补助有多少")["message_thread_id"]
        talk = spoken(api, ROOM, "这个怎么答？", **person(COLLEAGUE, "李四"), **in_topic(thread))
        for text in ("谁来答？", f"@{NAME} 答复：{SAID}"):
            changed(api, talk, text)
        assert not [one for one in settled(api, ROOM, STAFF, "张三") if "不会跟着改" in one]
        own = spoken(api, ASKER, "补充 1 省里的", **person(ASKER, "王五"))
        told(api, ASKER, "已补充到1号")
        changed(api, own, "补充 1 市里的")
        told(api, ASKER, words.EDITED)
        assert SAID not in "".join(api.texts(ASKER)) and "市里的" not in "".join(api.texts(ROOM))


def test_without_a_group_whoever_answered_in_private_is_told_too(api: BotApi, tmp_path: Path) -> None:
    settings = prepared(tmp_path, forum=False, api=api)
    with running(settings, conversation.assistant(settings)):
        api.say(STAFF, "加入 ABCD2345", **person(STAFF, "张三"))
        told(api, STAFF, "您已是")
        asked(api)
        answer = spoken(api, STAFF, f"答复 1 {SAID}", **person(STAFF, "张三"))
        told(api, ASKER, SAID)
        changed(api, answer, "答复 1 给一百万")
        told(api, STAFF, EDITED)


def test_a_reply_to_something_else_in_the_topic_is_talk_and_no_answer(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        thread = placed(api, ROOM, "问：补助有多少")["message_thread_id"]
        api.say(ROOM, f"@{NAME} 截止时间是哪天", **person(STAFF, "张三"), **in_topic(thread))
        clause = placed(api, ROOM, "4月3日")
        assert clause["message_thread_id"] == thread
        settled(api, ROOM, STAFF, "张三")
        before = len(api.texts(ROOM))
        api.say(ROOM, f"谢谢，{SAID}", **person(STAFF, "张三"), **answering(clause))
        told(api, ROOM, "", before)
        assert "已答复" not in "".join(settled(api, ROOM, STAFF, "张三")[before:])
        assert SAID not in "".join(api.texts(ASKER))


def test_a_topic_in_which_another_ticket_is_shown_answers_the_one_that_is_replied_to(
    api: BotApi, tmp_path: Path
) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        first = placed(api, ROOM, "问：补助有多少")
        api.say(STRANGER, "/start nanjing", **person(STRANGER, "周七"))
        api.say(STRANGER, "转人工 周末收材料吗", **person(STRANGER, "周七"))
        told(api, ROOM, "问：周末收材料吗")
        before = len(api.texts(ROOM))
        api.say(ROOM, f"@{NAME} 工单 2", **person(STAFF, "张三"), **in_topic(first["message_thread_id"]))
        told(api, ROOM, "问：周末收材料吗", before)
        other = [one for (chat, _), one in sorted(api.messages.items()) if chat == ROOM][-1]
        assert other["message_thread_id"] == first["message_thread_id"]
        settled(api, ROOM, STAFF, "张三")
        api.say(ROOM, SAID, **person(STAFF, "张三"), **answering(other))
        told(api, STRANGER, f"答复（编号2）：{SAID}")
        assert SAID not in "".join(api.texts(ASKER))
        api.say(ROOM, "另一句", **person(STAFF, "张三"), **answering(first))
        told(api, ASKER, "答复（编号1）：另一句")
        assert "另一句" not in "".join(api.texts(STRANGER))


def test_a_reply_in_the_topic_of_one_who_erased_everything_reaches_nobody(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        api.say(ASKER, "删除我的数据", **person(ASKER, "王五"))
        api.say(ASKER, "确认删除", **person(ASKER, "王五"))
        told(api, ASKER, "已删除")
        api.say(ROOM, SAID, **person(STAFF, "张三"), **answering(card))
        told(api, ROOM, "没有编号1的问题")
        assert SAID not in "".join(api.texts(ASKER))


def test_the_desk_hears_that_its_asker_is_out_of_reach(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        api.blocked.add(ASKER)
        api.say(ROOM, SAID, **person(STAFF, "张三"), **answering(card))
        note = placed(api, ROOM, "1号的提问人收不到消息了")
        assert note["message_thread_id"] == card["message_thread_id"]


# ---------------------------------------------------------------- whose words they are
def test_a_forwarded_order_does_nothing_at_a_desk_and_says_so(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        orders = (
            "关闭 1",
            f"答复 1 {SAID}",
            "转省厅 1",
            "移除 李四",
            "设置内部截止 4月30日",
            "群发 明天截止",
            "/queue",
        )
        for number, order in enumerate(orders, 1):
            before = len(api.texts(STAFF))
            api.say(STAFF, order, **person(STAFF, "张三"), **forwarded("王五", ASKER))
            assert told(api, STAFF, words.FORWARDED, before), number
        told(api, STAFF, words.FORWARDED)
        before = len(api.texts(STAFF))
        api.say(STAFF, "工单 1", **person(STAFF, "张三"))
        assert "待接单" in told(api, STAFF, "问：补助有多少", before)
        api.say(STAFF, "截止时间是哪天", **person(STAFF, "张三"), **forwarded("王五", ASKER))
        told(api, STAFF, "4月3日")
        assert SAID not in "".join(api.texts(ASKER))
        assert "李四" in told_after(api, STAFF, "工作人员", "张三", "李四")


def told_after(api: BotApi, chat: int, text: str, name: str, words_: str) -> str:
    """What a chat is told on a message, once it holds these words."""
    before = len(api.texts(chat))
    api.say(chat, text, **person(chat, name))
    return told(api, chat, words_, before)


NAMELESS = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}}


def test_whoever_hides_behind_the_group_or_a_channel_is_nobody(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        card = placed(api, ROOM, "问：补助有多少")
        here = {"id": ROOM, "type": "supergroup", "title": "群"}
        channel = {"id": -100999, "type": "channel", "title": "频道"}
        linked = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
        spoken(api, ROOM, "给一百万", **NAMELESS, sender_chat=here, **answering(card))
        told(api, ROOM, words.NAMELESS)
        before = len(api.texts(ROOM))
        spoken(api, ROOM, f"@{NAME} 待办", **NAMELESS, sender_chat=channel)
        spoken(api, ROOM, f"@{NAME} 待办", **{"from": linked}, sender_chat=channel, is_automatic_forward=True)
        api.push({"channel_post": {**api.message(-100999, text=f"@{NAME} 待办"), "chat": channel}})
        later = settled(api, ROOM, STAFF, "张三")[before:]
        assert len(later) == 1 and "一百万" not in "".join(api.texts(ASKER)) and not api.texts(-100999)


def test_in_a_group_nobodys_questions_data_or_numbers_are_shown(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        asked(api)
        for who, name, said, answer in (
            (ASKER, "王五", "我的提问", "您的提问请私聊我看"), (ASKER, "王五", "我的申报", "请私聊"),
            (ASKER, "王五", "我的数据", "个人数据请私聊我办"), (STRANGER, "周七", "删除我的数据", "个人数据请私聊我办"),
            (STRANGER, "周七", "确认删除", "个人数据请私聊我办"), (ASKER, "王五", "写申报书", "请私聊"),
        ):  # fmt: skip
            before = len(api.texts(ELSEWHERE))
            api.say(ELSEWHERE, f"@{NAME} {said}", **person(who, name))
            told(api, ELSEWHERE, answer, before)
        for said in ("待办", "工单 1", "申报", "统计", "工作人员", "操作记录", "本局设置"):
            api.say(ELSEWHERE, f"@{NAME} {said}", **person(STAFF, "张三"))
        shown = "".join(settled(api, ELSEWHERE, STAFF, "张三"))
        assert not [one for one in ("补助有多少", "李四", "待接单", "绑定", "近30天") if one in shown]
        assert not [call for call in api.made("sendDocument") if call.params["chat_id"] == str(ELSEWHERE)]
