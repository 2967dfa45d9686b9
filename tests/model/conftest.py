"""No proxy on the way to loopback, the desk of the shipped call, and a model's server."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.dialogue.assistant import Assistant
from bot.outside.model import ChatModel
from bot.outside.wordsmith import Wordsmith
from bot.process.settings import Settings
from bot.running import conversation
from knowledge.answers.engine import AnswerEngine
from knowledge.call.pack import Pack
from tests.furnished import furnished
from tests.model.openai_api import OpenAiApi

DAY = date(2026, 3, 28)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="session")
def desk(shipped: Pack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerEngine]:
    opened = AnswerEngine.open(shipped, furnished(tmp_path_factory.mktemp("desk")))
    yield opened
    opened.close()


@pytest.fixture
def api() -> Iterator[OpenAiApi]:
    with OpenAiApi() as server:
        yield server


@pytest.fixture
def assistant(settings: Settings) -> Iterator[Assistant]:
    made = conversation.assistant(settings)
    yield made
    assert isinstance(made.asker, Wordsmith)
    assert isinstance(made.asker.model, ChatModel)
    made.asker.model.close()
