"""The model's adapter against a server with every trouble: a value within the deadline, never an exception."""

import logging
import threading
import time
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.outside.allowance import FAILURES, PAUSE, Breaker
from bot.outside.model import GRACE, ChatModel
from bot.process.logs import set_up
from bot.turn.ports import Failed
from knowledge.answers.answer import Prompt
from tests.model.openai_api import KEY, TROUBLES, OpenAiApi, says, slow

PROMPT = Prompt("规则", "材料 {x.__class__} {{7*7}}", "v1")
DEADLINE = 0.15
# What a busy machine may add to a deadline before a test calls it missed.
SLACK = 1.5


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAiApi]:
    with OpenAiApi(says("好")) as running:
        yield running


@pytest.fixture
def api(server: OpenAiApi) -> OpenAiApi:
    server.fresh()
    return server


@pytest.fixture(scope="module")
def warm(server: OpenAiApi) -> Iterator[ChatModel]:
    """One model for all tests of the module, with the library loaded."""
    made = ChatModel("test-model", server.url, KEY)
    list(made.words(PROMPT, 30))
    yield made
    made.close()


@pytest.fixture
def model(warm: ChatModel) -> ChatModel:
    warm._breaker = Breaker()
    return warm


def test_words_come_as_they_are_streamed(api: OpenAiApi, model: ChatModel) -> None:
    api.answer = says("截止4月3日〔1〕。", size=3)
    assert list(model.words(PROMPT, 5)) == ["截止4", "月3日", "〔1〕", "。"]
    asked = api.asked[-1]
    assert (asked["model"], asked["stream"]) == ("test-model", True)
    assert [one["content"] for one in asked["messages"]] == [PROMPT.rules, PROMPT.material]
    assert api.keys == {f"Bearer {KEY}"}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_trouble_is_a_value_within_the_deadline(api: OpenAiApi, model: ChatModel, trouble: str) -> None:
    api.answer = TROUBLES[trouble]
    asked, begun = len(api.asked), time.monotonic()
    parts = list(model.words(PROMPT, DEADLINE))
    assert time.monotonic() - begun < DEADLINE + GRACE + SLACK
    assert isinstance(parts[-1], Failed)
    assert KEY not in parts[-1].reason
    assert len(api.asked) <= asked + 1, "nothing is tried again"


def test_nobody_there_is_a_value(model: ChatModel) -> None:
    gone = ChatModel("test-model", "http://127.0.0.1:9/v1", "")
    assert [type(part) for part in gone.words(PROMPT, 5)] == [Failed]
    gone.close()


def test_who_stops_listening_ends_the_call(api: OpenAiApi, model: ChatModel) -> None:
    api.answer = TROUBLES["floods"]
    words = model.words(PROMPT, 30)
    assert next(words)
    words.close()  # type: ignore[attr-defined]
    api.answer = says("好")
    assert list(model.words(PROMPT, 5)) == ["好"]


def test_a_silent_server_holds_up_nobody_else(api: OpenAiApi, model: ChatModel) -> None:
    api.answer = slow(says("好"))
    heard: list[list[str | Failed]] = []
    threads = [threading.Thread(target=lambda: heard.append(list(model.words(PROMPT, 9)))) for _ in range(20)]
    for thread in threads:
        thread.start()
    assert all(api.held.acquire(timeout=9) for _ in threads), "all twenty are under way at once"
    api.answer = says("快")
    assert list(model.words(PROMPT, 5)) == ["快"]
    api.gate.set()
    for thread in threads:
        thread.join()
    assert heard == [["好"]] * 20


def test_an_endpoint_that_keeps_failing_is_left_alone_for_a_while(api: OpenAiApi) -> None:
    clock = Clock()
    model = ChatModel("test-model", api.url, KEY, clock)
    api.answer = TROUBLES["500"]
    for _ in range(FAILURES):
        list(model.words(PROMPT, 5))
    asked = len(api.asked)
    assert list(model.words(PROMPT, 5)) == [Failed("left alone after failures")]
    assert len(api.asked) == asked
    clock.now += PAUSE
    api.answer = says("好")
    assert list(model.words(PROMPT, 5)) == ["好"]
    assert list(model.words(PROMPT, 5)) == ["好"]
    model.close()


def test_an_endpoint_on_trial_is_tried_by_one() -> None:
    failing = Breaker().failed(0).failed(0).failed(0)
    assert not failing.allows(PAUSE - 1)
    assert failing.allows(PAUSE)
    tried = failing.tried(PAUSE)
    assert not tried.allows(PAUSE)
    assert tried.succeeded().allows(PAUSE)
    assert not tried.failed(PAUSE).allows(PAUSE + 1)


def test_an_endpoint_that_is_heard_in_part_is_well(api: OpenAiApi) -> None:
    clock = Clock()
    model = ChatModel("test-model", api.url, KEY, clock)
    api.answer = TROUBLES["500"]
    for _ in range(FAILURES):
        list(model.words(PROMPT, 5))
    clock.now += PAUSE
    api.answer = TROUBLES["floods"]
    words = model.words(PROMPT, 5)
    assert isinstance(next(words), str)
    words.close()  # type: ignore[attr-defined]
    api.answer = says("好")
    assert list(model.words(PROMPT, 5)) == ["好"]
    model.close()


def test_a_model_that_can_not_be_loaded_is_a_value() -> None:
    broken = ChatModel("test-model", "no address", KEY)
    broken.warm()
    assert [type(part) for part in broken.words(PROMPT, 5)] == [Failed]
    broken.close()


def test_one_success_forgets_the_failures_before() -> None:
    assert Breaker().failed(0).failed(0).succeeded().failed(0).failed(0).allows(0)


@pytest.mark.parametrize("trouble", ["500", "401 with the key", "an error in the stream", "breaks off"])
def test_the_key_is_in_no_log(api: OpenAiApi, model: ChatModel, trouble: str) -> None:
    before = {name: logging.getLogger(name).level for name in ("", "httpx", "httpx2", "httpcore", "openai", "bot")}
    handlers, out = logging.root.handlers[:], StringIO()
    try:
        set_up([KEY], logging.DEBUG, out)
        for name in before:
            logging.getLogger(name).setLevel(logging.DEBUG)
        api.answer = TROUBLES[trouble]
        list(model.words(PROMPT, 5))
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
        logging.root.handlers[:] = handlers
    assert "chat/completions" in out.getvalue()
    assert KEY not in out.getvalue()


def test_closing_cuts_off_what_is_under_way(api: OpenAiApi) -> None:
    api.answer = slow(says("好"))
    model = ChatModel("test-model", api.url, KEY)
    heard: list[str | Failed] = []
    thread = threading.Thread(target=lambda: heard.extend(model.words(PROMPT, 0.5)))
    thread.start()
    assert api.held.acquire(timeout=9)
    model.close()
    thread.join()
    assert heard == [Failed("late")]
    model.close()
