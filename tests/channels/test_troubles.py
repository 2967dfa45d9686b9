"""The Telegram channel in trouble: refusals, lost answers, floods, a second poller, a withdrawn token, secrets in logs."""

import asyncio
import io
import logging
from contextlib import closing
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from pydantic import SecretStr

from bot.channels.telegram.bot import Telegram
from bot.delivery import sentences
from bot.delivery.protocol import ChannelError
from bot.delivery.service import Service, serve
from bot.process.logs import set_up
from bot.store import open_store
from tests.botapi import TOKEN, BotApi, Fault
from tests.channels.harness import Parrot, running, settings_for

pytestmark = pytest.mark.parametrize("data", ["sqlite", "postgresql"], indirect=True)
GROUP = -100200


def test_our_own_mistake_is_an_apology_and_the_chat_goes_on(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data), parrot):
        api.say(5, "boom")
        api.say(5, "b")
        api.until_texts(5, sentences.FAILED, "1 b")
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


def test_what_is_written_while_a_refusal_is_under_way_has_its_own_try(api: BotApi, data: Path) -> None:
    gate = Event()
    api.fail("sendMessage", Fault(403, "Forbidden: bot was blocked by the user", gate=gate))
    settings = settings_for(api, data)
    with running(settings, Parrot(data)):
        api.say(5, "two")
        api.until(lambda: api.made("sendMessage"))
        api.say(5, "b")
        with closing(open_store(settings.database)) as looking:
            while looking.waiting()["outbox"] < 3:
                sleep(0.01)
        gate.set()
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
        api.until(lambda: [text.removesuffix(f"\n{sentences.AGAIN}") for text in api.texts(5)] == ["一", "二", "2 c"])


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
        asyncio.run(serve(Telegram, Service(settings, store, Parrot(data)), asyncio.Event()))
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
        api.until_texts(5, "1 a", f"1 a\n{sentences.AGAIN}")


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
        asyncio.run(serve(Telegram, Service(settings, store, Parrot(data)), asyncio.Event()))
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
