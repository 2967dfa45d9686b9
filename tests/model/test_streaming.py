"""What a model words is shown on Telegram as it comes: judged, as a preview, or in one message that the answer replaces."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.telegram.bot import Telegram
from bot.delivery.service import Service, run
from bot.dialogue.assistant import Assistant
from bot.process.lock import only_one
from bot.process.settings import Settings
from bot.running import conversation
from bot.store import open_store
from knowledge.answers.engine import AnswerEngine
from tests.botapi import BotApi, Fault
from tests.channels.harness import running, settings_for
from tests.furnished import furnished
from tests.model.conftest import DAY
from tests.model.openai_api import KEY, Answer, OpenAiApi, Wire, echoes, faithful, reworded

QUESTION = "什么时候截止"
LABEL = "本回答由人工智能辅助生成，以原文为准"
# A process of its own may take seconds to begin on a busy machine.
STARTED = 30.0


def halting(instead: str = "") -> Answer:
    """A server that waits at the gate behind each of two sentences; the second may be something `instead`."""

    def answer(wire: Wire) -> None:
        text = faithful("", wire.asked["messages"][1]["content"])
        first, mark, rest = text.partition("。")
        wire.head()
        wire.event(first + mark)
        wire.hold()
        wire.event(instead or rest)
        if not instead:
            wire.hold()
        wire.stop()

    return answer


@pytest.fixture
def settings(tmp_path: Path, api: OpenAiApi, telegram: BotApi) -> Settings:
    told = {"today": DAY, "model": "qwen", "model_url": api.url, "model_key": SecretStr(KEY), "model_seconds": 30}
    return settings_for(telegram, furnished(tmp_path / "tg"), **told)


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture
def old(telegram: BotApi) -> BotApi:
    """A server that knows no previews."""
    telegram.old = True
    return telegram


@pytest.fixture
def worded(desk: AnswerEngine) -> str:
    return f"{reworded(desk.ask(QUESTION, today=DAY).text)}\n{LABEL}"


def begun(telegram: BotApi) -> str:
    """What is shown once the first sentence was judged."""
    telegram.until(lambda: telegram.texts(5) or 5 in telegram.drafts, "the first sentence", STARTED)
    (shown,) = telegram.texts(5) or [telegram.drafts[5]]
    return shown


def ended(telegram: BotApi, text: str) -> None:
    """Wait until one message stands, and it is this answer with its clause."""
    telegram.until(lambda: [one.partition("\n\n")[0] for one in telegram.texts(5)] == [text], text, STARTED)
    telegram.until(lambda: all("——" in one for one in telegram.texts(5)), "the clause")


def test_each_judged_sentence_is_shown_as_a_preview_and_the_answer_is_one_message(
    api: OpenAiApi, telegram: BotApi, settings: Settings, assistant: Assistant, worded: str
) -> None:
    api.answer = halting()
    with running(settings, assistant):
        telegram.say(5, QUESTION)
        assert begun(telegram) == f"{worded.partition('。')[0]}。\n{LABEL}"
        api.fresh()
        telegram.until(lambda: telegram.drafts.get(5) == worded, "both sentences")
        assert telegram.texts(5) == []
        api.gate.set()
        ended(telegram, worded)
    assert telegram.made("editMessageText") == []
    assert len({call.params["draft_id"] for call in telegram.made("sendMessageDraft")}) == 1


def test_without_previews_one_message_shows_it_and_the_answer_takes_its_place(
    api: OpenAiApi, old: BotApi, settings: Settings, assistant: Assistant, worded: str
) -> None:
    telegram = old
    api.answer = halting()
    with running(settings, assistant):
        telegram.say(5, QUESTION)
        shown = begun(telegram)
        assert shown == f"{worded.partition('。')[0]}。\n{LABEL}"
        (number,) = [key[1] for key in telegram.messages]
        api.fresh()
        telegram.until(lambda: telegram.texts(5) == [worded], "both sentences")
        api.gate.set()
        ended(telegram, worded)
    assert [key[1] for key in telegram.messages] == [number]
    assert len(telegram.made("sendMessage")) == len(telegram.made("sendMessageDraft")) == 1


def test_what_is_judged_wrong_is_never_shown_and_the_exact_answer_takes_the_place(
    api: OpenAiApi, telegram: BotApi, settings: Settings, assistant: Assistant, desk: AnswerEngine
) -> None:
    api.answer = halting(instead="另外须缴纳保证金5000元。")
    with running(settings, assistant):
        telegram.say(5, QUESTION)
        begun(telegram)
        api.gate.set()
        ended(telegram, desk.ask(QUESTION, today=DAY).text)
    assert not [call for call in telegram.calls if "保证金" in call.params.get("text", "")]


def test_where_edits_are_refused_for_a_while_the_answer_still_arrives_once(
    api: OpenAiApi, old: BotApi, settings: Settings, assistant: Assistant, worded: str
) -> None:
    api.answer = halting()
    refused = Fault(429, "Too Many Requests: retry after 1", {"retry_after": 1})
    with running(settings, assistant):
        old.say(5, QUESTION)
        begun(old)
        old.fail("editMessageText", refused, refused)
        api.fresh()
        old.until(lambda: old.made("editMessageText"), "the second sentence")
        api.gate.set()
        ended(old, worded)
    assert len(old.made("sendMessage")) == 1


def test_a_message_deleted_meanwhile_is_sent_anew(
    api: OpenAiApi, old: BotApi, settings: Settings, assistant: Assistant, worded: str
) -> None:
    api.answer = halting()
    with running(settings, assistant):
        old.say(5, QUESTION)
        begun(old)
        with old.changed:
            old.messages.clear()
        api.gate.set()
        ended(old, worded)


def test_where_nothing_can_be_shown_the_answer_is_a_message_as_ever(
    api: OpenAiApi, telegram: BotApi, settings: Settings, assistant: Assistant, worded: str
) -> None:
    api.answer = halting()
    telegram.fail("sendMessageDraft", Fault(500))
    with running(settings, assistant):
        telegram.say(5, QUESTION)
        telegram.until(lambda: telegram.made("sendMessageDraft"))
        api.gate.set()
        ended(telegram, worded)


def test_in_a_group_nothing_is_shown_before_the_answer(
    api: OpenAiApi, telegram: BotApi, settings: Settings, assistant: Assistant
) -> None:
    api.answer = halting()
    with running(settings, assistant):
        telegram.say(-7, f"@shenbao_test_bot {QUESTION}")
        assert api.held.acquire(timeout=9)
        telegram.say(6, "帮助")
        telegram.until(lambda: telegram.texts(6))
        assert telegram.texts(-7) == []
        api.gate.set()
        telegram.until(lambda: telegram.texts(-7))
    assert telegram.made("editMessageText") == telegram.made("sendMessageDraft") == []


def serve_(settings: Settings) -> None:
    """A bot as it is configured, as a process."""
    os.dup2(os.open(settings.data / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    with only_one(settings.data):
        run(Telegram, Service(settings, open_store(settings.database, lease=1.0), conversation.assistant(settings)))


@contextmanager
def process(settings: Settings) -> Iterator[BaseProcess]:
    child = multiprocessing.get_context("forkserver").Process(target=serve_, args=(settings,))
    child.start()
    try:
        yield child
    finally:
        child.kill()
        child.join()


def test_killed_while_a_preview_shows_the_answer_arrives_once_and_alone(
    api: OpenAiApi, telegram: BotApi, settings: Settings, desk: AnswerEngine
) -> None:
    api.answer = halting()
    with process(settings):
        telegram.say(5, QUESTION)
        begun(telegram)
    api.answer = echoes(faithful)
    with process(settings):
        ended(telegram, f"{reworded(desk.ask(QUESTION, today=DAY).text)}\n{LABEL}")
    assert len(telegram.made("sendMessage")) == 1


@pytest.mark.parametrize("away", [False, True], ids=["the model goes on", "the model is away"])
def test_killed_in_the_middle_the_answer_arrives_once_in_the_place_of_what_was_shown(
    api: OpenAiApi, old: BotApi, settings: Settings, desk: AnswerEngine, away: bool
) -> None:
    exact = desk.ask(QUESTION, today=DAY).text
    api.answer = halting()
    with process(settings):
        old.say(5, QUESTION)
        begun(old)
        store = open_store(settings.database)
        noted = threading.Event()
        while not store.outbox.board("telegram", "tg:5", "so_far/1"):
            assert not noted.wait(0.02)
        store.close()
    api.answer = echoes(lambda _rules, _material: "") if away else echoes(faithful)
    with process(settings):
        ended(old, exact if away else f"{reworded(exact)}\n{LABEL}")
    assert len(old.made("sendMessage")) == 1
