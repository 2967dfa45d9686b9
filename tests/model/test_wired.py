"""The model as it is configured, on every channel; and answers as they are kept."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.terminal import converse
from bot.dialogue.assistant import Assistant
from bot.process.settings import Settings
from bot.running import answer_engine
from bot.store import Store, open_store
from bot.turn.outcome import AnswerRecord, Outcome
from bot.turn.ports import take_turn
from bot.turn.replies import Incoming
from knowledge.answers.answer import Citation
from knowledge.answers.engine import AnswerEngine, stamp
from knowledge.call.pack import Pack
from tests.botapi import BotApi
from tests.channels.harness import running, settings_for
from tests.furnished import furnished
from tests.model.conftest import DAY
from tests.model.openai_api import KEY, TROUBLES, OpenAiApi, echoes, faithful, reworded, slow

QUESTION = "上海的公司能牵头吗"
LABEL = "本回答由人工智能辅助生成，以原文为准"
CHATS = range(1, 201)


@pytest.fixture(scope="module")
def worded(desk: AnswerEngine) -> str:
    return f"{reworded(desk.ask(QUESTION, today=DAY).text)}\n{LABEL}"


@pytest.fixture
def settings(tmp_path: Path, api: OpenAiApi) -> Settings:
    key = SecretStr(KEY)
    return Settings(
        data=furnished(tmp_path), today=DAY, model="qwen", model_url=api.url, model_key=key, model_seconds=9
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings.database)
    yield opened
    opened.close()


def test_without_a_model_the_desk_answers_itself(tmp_path: Path, shipped: Pack) -> None:
    assert isinstance(answer_engine.asker(Settings(data=furnished(tmp_path)), shipped), AnswerEngine)


def test_a_worded_answer_is_given_and_kept_with_all_it_rests_on(
    api: OpenAiApi, assistant: Assistant, store: Store, desk: AnswerEngine, shipped: Pack
) -> None:
    api.answer = TROUBLES["500"]
    take_turn(assistant, store, Incoming("c", "u", text="高校能参加吗"))
    api.answer = echoes(faithful)
    outcome = take_turn(assistant, store, Incoming("c", "u", text=QUESTION, bureau="nanjing"))
    worded = outcome.replies[0].text
    before, kept = store.answers("c")
    exact = desk.ask(QUESTION, ("高校能参加吗",), DAY)
    assert worded == f"{reworded(exact.text)}\n{LABEL}"
    assert (kept.chat, kept.who, kept.record) == ("c", "u", outcome.answers[0])
    assert kept.record == AnswerRecord(
        QUESTION, worded, "answered", exact.citations, exact.passages, ("高校能参加吗",), "2026-03-28", "nanjing",
        stamp(shipped), exact.text, "qwen", kept.record.prompt, kept.record.mark,
    )  # fmt: skip
    assert kept.record.prompt
    assert kept.record.mark and kept.record.mark != before.record.mark
    assert (before.record.model, before.record.prompt, before.record.exact) == ("", "", "")
    assert [one.record.question for one in store.answers("c", most=1)] == [QUESTION]
    assert store.answers("somebody else") == []


def test_an_answer_that_was_not_shown_is_not_kept(api: OpenAiApi, assistant: Assistant, store: Store) -> None:
    for text in ("写申报书", "呜啦啦啦", "进度"):
        take_turn(assistant, store, Incoming("c", "u", text=text))
    assert store.answers("c") == []
    assert api.asked == []


def test_the_terminal_prints_the_label(api: OpenAiApi, assistant: Assistant, store: Store) -> None:
    api.answer = echoes(faithful)
    typed, written = iter([QUESTION]), list[str]()
    converse(partial(take_turn, assistant, store), lambda: next(typed, None), written.append)
    assert LABEL in written[-1]
    assert "“先行先试工作采用联合体形式开展" in written[-1].replace("\n", "")


def test_two_hundred_chats_wait_for_a_slow_model_at_once_and_others_go_on(
    api: OpenAiApi, assistant: Assistant, tmp_path: Path, worded: str
) -> None:
    api.answer = slow(echoes(faithful))
    with BotApi() as telegram, running(settings_for(telegram, tmp_path / "tg"), assistant):
        for chat in CHATS:
            telegram.say(chat, QUESTION)
        assert all(api.held.acquire(timeout=8) for _ in CHATS), "the model is asked by all at once"
        telegram.say(999, "帮助")
        telegram.until(lambda: telegram.texts(999), "an answer without a model")
        assert not any(telegram.texts(chat) for chat in CHATS), "nothing that is not checked is shown"
        api.gate.set()
        for chat in CHATS:
            telegram.until(lambda chat=chat: "——" in "".join(telegram.texts(chat)))  # type: ignore[misc]
        assert {tuple(one.split("\n\n")[0] for one in telegram.texts(chat)) for chat in CHATS} == {(worded,)}
        assert len(api.asked) == len(CHATS)


def asked(settings: Settings, *arguments: str, lines: str = "") -> str:
    """What the command `ask` prints, run as people run it."""
    told = {
        "SHENBAO_DATA": str(settings.data), "SHENBAO_TODAY": str(DAY), "SHENBAO_MODEL": "qwen", "SHENBAO_MODEL_URL": settings.model_url,
        "SHENBAO_MODEL_KEY": KEY, "SHENBAO_MODEL_SECONDS": "9",
    }  # fmt: skip
    command = [sys.executable, "-m", "bot.cli", "ask", *arguments]
    done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True, input=lines, check=True)
    assert done.stderr == ""
    return done.stdout


def test_ask_has_the_model_too(api: OpenAiApi, settings: Settings, desk: AnswerEngine, worded: str) -> None:
    api.answer = echoes(faithful)
    rows = [{"id": 1, "q": QUESTION}, {"id": 2, "q": "联合体最多几家"}]
    out = [json.loads(line) for line in asked(settings, "--jsonl", lines="\n".join(map(json.dumps, rows))).splitlines()]
    exact = [desk.ask(str(row["q"]), today=DAY) for row in rows]
    assert [row["answer"] for row in out] == [worded, exact[1].text]
    assert [row["status"] for row in out] == [one.status for one in exact]
    assert [row["citations"][0]["quote"] for row in out] == [one.citations[0].quote for one in exact]


def test_what_is_kept_makes_a_round_trip(store: Store) -> None:
    record = AnswerRecord(
        "问\x00\ud83d𠮷", "答", "answered", (Citation("通知", "一", "原文"),), ("p",), ("先问",), "2026-03-28"
    )
    store.commit(store.load("c"), Outcome({}, answers=(record, record)), "u")
    assert [one.record for one in store.answers("c")] == [record, record]
