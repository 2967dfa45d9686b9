"""The Telegram channel with the real library against a Bot API server on loopback."""

import asyncio
import io
import json
import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.logs import set_up
from bot.ports import Outcome
from bot.store import open_store
from bot.telegram import words
from bot.telegram.run import ChannelError, serve
from tests.botapi import NAME, TOKEN, BotApi, Fault
from tests.channels.harness import Parrot, running, settings_for

GROUP = -100200


def test_a_message_is_answered_and_the_state_kept(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data, bureau="nanjing"), parrot):
        api.say(5, "你好")
        api.until_texts(5, "1 你好")
        api.say(5, "再来")
        api.until_texts(5, "1 你好", "2 再来")
        api.say(6, "我呢")
        api.until_texts(6, "1 我呢")
    heard = parrot.heard[0]
    assert (heard.chat, heard.user, heard.bureau, heard.drafting, heard.private) == (
        "tg:5",
        "tg:5",
        "nanjing",
        True,
        True,
    )
    store = open_store(settings_for(api, data).database)
    assert store.load("tg:5").state == {"n": 2, "on": []}
    assert store.inbox.unfinished(("telegram", TOKEN.partition(":")[0])) == []
    store.close()


def test_a_board_is_edited_where_it_stands(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "board")
        api.until_texts(5, "选了无")
        (number,) = [key[1] for key in api.messages]
        api.press(5, number, "t2")
        api.until_texts(5, "选了t2")
        api.until(lambda: api.made("answerCallbackQuery"))
        api.press(5, number, "t1")
        api.until_texts(5, "选了t1、t2")
        api.say(5, "board")
        api.say(5, "还在吗")
        api.until_texts(5, "选了t1、t2", "5 还在吗")
    row = api.messages[5, number]["reply_markup"]["inline_keyboard"][0]
    assert [(button["text"], button["callback_data"]) for button in row] == [("一", "t1"), ("二", "t2")]
    assert len(api.made("editMessageText")) == 3


def test_a_board_out_of_sight_is_sent_anew_unless_its_button_was_pressed(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        for word in ("board", "a", "b", "c", "d"):
            api.say(5, word)
        api.until(lambda: len(api.texts(5)) == 5)
        number = min(key[1] for key in api.messages)
        api.press(5, number, "t1")
        api.until_texts(5, "选了t1", "2 a", "3 b", "4 c", "5 d")
        api.say(5, "board")
        api.until_texts(5, "选了t1", "2 a", "3 b", "4 c", "5 d", "选了t1")


def test_a_board_that_was_deleted_is_sent_anew(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "board")
        api.until_texts(5, "选了无")
        api.messages.clear()
        api.say(5, "board")
        api.until_texts(5, "选了无")


def test_a_clause_is_shown_as_a_quote(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "quote")
        api.until_texts(5, "截止 4月3日\n\n「请于<2026年4月3日>前」\n—— 通知·四（二）")
    (message,) = api.messages.values()
    (mark,) = message["marks"]
    assert mark["type"] == "blockquote"
    assert message["text"][mark["offset"] :] == "「请于<2026年4月3日>前」\n—— 通知·四（二）"
    assert mark["offset"] + mark["length"] == len(message["text"])


def test_a_long_text_comes_in_parts_with_the_buttons_last(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "long")
        api.until(lambda: len(api.texts(5)) == 3)
    assert "\n".join(api.texts(5)) == "\n".join("𠮷" * 900 for _ in range(5))
    assert ["reply_markup" in one for one in api.messages.values()] == [False, False, True]


def test_a_word_file_comes_in_and_one_goes_out(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        api.fail("getFile", Fault(500, "Internal Server Error"))
        api.upload(5, "../../我的/申报书.DOCX", "内容".encode())
        api.until_texts(5, "申报书.docx 内容")
        api.say(5, "file")
        api.until_texts(5, "申报书.docx 内容", "《申报书 第1版.docx》导出了")
    (sent,) = api.made("sendDocument")
    assert list(sent.files.values()) == [("申报书 第1版.docx", b"PK\r\nword")]
    assert list((data / "uploads").iterdir()) == []


def test_what_can_not_be_read_is_said_kindly(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data), parrot):
        api.upload(1, "a.pdf", b"%PDF")
        api.until_texts(1, words.NOT_WORD)
        api.upload(2, "a.docx", b"x", size=30_000_000)
        api.until_texts(2, words.TOO_BIG)
        api.push({"message": api.message(3, voice={"file_id": "v", "file_unique_id": "v", "duration": 3})})
        api.until_texts(3, words.MEDIA)
        api.push({"edited_message": {**api.message(4, text="改了"), "edit_date": 1_770_000_001}})
        api.until_texts(4, words.EDITED)
        api.push({"message": api.message(7, pinned_message=api.message(7, text="x"))})
        api.fail("getFile", Fault(400, "Bad Request: wrong file_id"))
        api.upload(6, "a.docx", b"x")
        api.until_texts(6, words.NOT_FETCHED)
    assert parrot.heard == []
    assert api.texts(7) == []


def test_commands_of_the_menu_are_words_and_deep_links_stay(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data), parrot):
        for text in ("/start nanjing", "/draft", f"/help@{NAME}", "/unknown x"):
            api.say(5, text)
        api.until(lambda: len(api.texts(5)) == 4)
    assert [heard.text for heard in parrot.heard] == ["/start nanjing", "写申报书", "帮助", "/unknown x"]
    menu = json.loads(api.made("setMyCommands")[0].params["commands"])
    assert {"command": "draft", "description": "写申报书"} in menu


def test_in_a_group_only_what_is_addressed_is_heard(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data), parrot):
        api.say(GROUP, "大家好")
        api.say(GROUP, "/help@another_bot")
        api.say(GROUP, "@another_bot 你好")
        api.upload(GROUP, "a.pdf", b"x")
        api.push({"edited_message": {**api.message(GROUP, text=f"@{NAME} x"), "edit_date": 1_770_000_001}})
        api.say(GROUP, f"@{NAME.upper()} 何时截止")
        api.until_texts(GROUP, "1 何时截止")
        api.say(GROUP, "那呢", reply_to_message={**next(iter(api.messages.values())), "date": 1})
        api.say(GROUP, "/help")
        api.say(GROUP, f"@{NAME}")
        api.until(lambda: len(api.texts(GROUP)) == 4)
    assert [heard.text for heard in parrot.heard] == ["何时截止", "那呢", "帮助", "帮助"]
    assert not any(heard.drafting or heard.private for heard in parrot.heard)


def test_drafting_can_be_switched_off(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data, telegram_drafting=False), parrot):
        api.say(5, "写申报书")
        api.until_texts(5, "1 写申报书")
    assert not parrot.heard[0].drafting


def test_an_update_delivered_twice_acts_once(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "a")
        api.until_texts(5, "1 a")
        api.again()
        api.until(api.idle)
        api.say(5, "b")
        api.until_texts(5, "1 a", "2 b")


def test_a_slow_chat_keeps_its_order_and_stalls_no_other(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data), parrot):
        api.say(5, "slow")
        for number in range(5):
            api.say(5, str(number))
            api.say(6, str(number))
        api.until_texts(6, *(f"{number + 1} {number}" for number in range(5)))
        assert api.texts(5) == []
        api.until(lambda: api.made("sendChatAction"))
        parrot.gate.set()
        api.until_texts(5, "1 slow", *(f"{number + 2} {number}" for number in range(5)))


def test_what_another_process_saved_meanwhile_is_not_lost(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    settings = settings_for(api, data)
    with running(settings, parrot):
        api.say(5, "slow")
        api.until(lambda: parrot.heard)
        store = open_store(settings.database)
        store.commit(store.load("tg:5"), Outcome({"n": 40, "on": []}))
        store.close()
        parrot.gate.set()
        api.until_texts(5, "41 slow")


def test_a_reply_may_go_to_another_chat(api: BotApi, data: Path) -> None:
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "other")
        api.until_texts(5, "转了")
        api.until_texts(99, "有人找")


def test_our_own_mistake_is_an_apology_and_the_chat_goes_on(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data), parrot):
        api.say(5, "boom")
        api.say(5, "b")
        api.until_texts(5, words.FAILED, "1 b")
    assert [heard.text for heard in parrot.heard] == ["boom", "boom", "b"]


def test_one_who_blocked_the_bot_harms_nobody(api: BotApi, data: Path) -> None:
    api.blocked.add(5)
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "two")
        api.until(lambda: api.made("sendMessage"))
        api.say(6, "a")
        api.until_texts(6, "1 a")
        api.blocked.clear()
        api.say(5, "b")
        api.until_texts(5, "2 b")


def test_a_group_that_moved_is_answered_where_it_is(api: BotApi, data: Path) -> None:
    api.migrated[-7] = GROUP
    with running(settings_for(api, data), Parrot(data)):
        api.say(-7, "/help")
        api.until_texts(GROUP, "1 帮助")
        api.say(GROUP, "/help")
        api.until_texts(GROUP, "1 帮助", "2 帮助")


TROUBLES = [
    Fault(429, "Too Many Requests: retry after", {"retry_after": 0.05}),
    Fault(500, "Internal Server Error"),
    Fault(502, "Bad Gateway"),
    Fault(400, "Bad Request: can't parse entities"),
    Fault(0),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda fault: str(fault.status))
def test_a_passing_trouble_loses_nothing_and_keeps_the_order(api: BotApi, data: Path, trouble: Fault) -> None:
    api.fail("sendMessage", trouble)
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "two")
        api.say(5, "c")
        api.until(lambda: [text.removesuffix(f"\n{words.AGAIN}") for text in api.texts(5)] == ["一", "二", "2 c"])


@pytest.mark.parametrize("file", ["away", "large"])
def test_a_file_that_can_not_go_holds_nothing_up(api: BotApi, data: Path, file: str) -> None:
    if file == "large":
        api.fail("sendDocument", Fault(413, "Request Entity Too Large"))
    with running(settings_for(api, data), Parrot(data, missing=file == "away")):
        api.say(5, "file")
        api.say(5, "b")
        api.until_texts(5, "2 b")


def test_a_token_withdrawn_ends_the_channel_with_a_sentence(api: BotApi, data: Path) -> None:
    api.fail("getUpdates", Fault(401, "Unauthorized"))
    settings = settings_for(api, data)
    store = open_store(settings.database)
    with pytest.raises(ChannelError, match="SHENBAO_TELEGRAM_TOKEN"):
        asyncio.run(serve(settings, store, Parrot(data), asyncio.Event()))
    store.close()


def test_a_message_that_can_never_go_is_given_up(api: BotApi, data: Path) -> None:
    refused = Fault(400, "Bad Request: no")
    api.fail("sendMessage", refused, refused)
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "two")
        api.until_texts(5, "二")


def test_an_answer_lost_on_the_way_back_is_repeated_once_and_marked(api: BotApi, data: Path) -> None:
    api.fail("sendMessage", Fault(after=True))
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "a")
        api.until_texts(5, "1 a", f"1 a\n{words.AGAIN}")


def test_another_poller_and_an_unreachable_start_are_waited_out(api: BotApi, data: Path) -> None:
    api.fail("getMe", Fault(502, "Bad Gateway"))
    api.fail("getUpdates", Fault(409, "Conflict: terminated by other getUpdates request"))
    api.say(5, "a")
    with running(settings_for(api, data), Parrot(data)):
        api.until_texts(5, "1 a")


@pytest.mark.parametrize("token", [SecretStr("1:wrong"), None])
def test_a_wrong_token_or_none_is_one_sentence(api: BotApi, data: Path, token: SecretStr | None) -> None:
    settings = settings_for(api, data, telegram_token=token)
    store = open_store(settings.database)
    with pytest.raises(ChannelError, match="SHENBAO_TELEGRAM_TOKEN") as caught:
        asyncio.run(serve(settings, store, Parrot(data), asyncio.Event()))
    store.close()
    assert "wrong" not in str(caught.value)


def test_no_log_line_holds_the_token_or_a_person(api: BotApi, data: Path) -> None:
    stream = io.StringIO()
    settings = settings_for(api, data)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    set_up(settings.secrets, logging.DEBUG, stream)
    try:
        api.fail("getMe", Fault(502, "Bad Gateway"))
        api.fail("sendMessage", Fault(0), Fault(400, f"Bad Request: {TOKEN}"))
        with running(settings, Parrot(data)):
            api.say(5, "boom")
            api.say(5, "13812345678 me@example.com")
            api.until(lambda: any("1 138" in text for text in api.texts(5)))
        logging.getLogger("x").warning("call %s, 025-83301234, a.b@c.com.cn, %s", "+86 13812345678", TOKEN)
    finally:
        root.handlers[:], root.level = before
    written = stream.getvalue()
    assert "failed, try 1" in written and "RuntimeError" in written
    assert "call 138****5678, 025-****, ***@c.com.cn, <secret>" in written
    for secret in (TOKEN, TOKEN.partition(":")[2], "13812345678", "me@example.com"):
        assert secret not in written
