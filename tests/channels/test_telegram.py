"""The Telegram channel with the real library against a Bot API server on loopback."""

import json
from pathlib import Path

import pytest

from bot.channels.telegram import words
from bot.delivery import sentences
from bot.store import open_store
from bot.turn.outcome import Outcome
from tests.botapi import NAME, TOKEN, BotApi, Fault
from tests.channels.harness import Parrot, running, settings_for

pytestmark = pytest.mark.parametrize("data", ["sqlite", "postgresql"], indirect=True)
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
    assert store.inbox.chats(("telegram", TOKEN.partition(":")[0])) == []
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
        api.until_texts(1, sentences.NOT_WORD)
        api.upload(2, "a.docx", b"x", size=30_000_000)
        api.until_texts(2, words.TOO_BIG)
        api.push({"message": api.message(3, voice={"file_id": "v", "file_unique_id": "v", "duration": 3})})
        api.until_texts(3, words.MEDIA)
        for _ in range(3):
            photo = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
            api.push({"message": api.message(3, photo=[photo], media_group_id="g1")})
        api.say(3, "/start")
        api.until(lambda: len(api.texts(3)) == 3)
        api.push({"edited_message": {**api.message(4, text="改了"), "edit_date": 1_770_000_001}})
        api.until_texts(4, words.EDITED)
        api.push({"message": api.message(7, pinned_message=api.message(7, text="x"))})
        api.fail("getFile", Fault(400, "Bad Request: wrong file_id"))
        api.upload(6, "a.docx", b"x")
        api.until_texts(6, sentences.NOT_FETCHED)
    assert api.texts(3) == [words.MEDIA, words.MEDIA, "1 /start"]
    assert len(parrot.heard) == 1
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
