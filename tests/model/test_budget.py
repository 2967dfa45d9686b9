"""A flood can't drain the model: whoever used up the day's share gets the exact answer, and no call is made."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.dialogue.assistant import Assistant
from bot.outside.allowance import Metered
from bot.outside.model import ChatModel
from bot.outside.wordsmith import Wordsmith
from bot.process.metrics import Metrics
from bot.process.settings import Settings
from bot.running import conversation
from bot.store import Store, StoreError, open_store
from bot.store.connection import reading
from bot.store.tables import spent
from bot.turn.budget import SPENT, UNKNOWN
from bot.turn.ports import Failed, take_turn
from bot.turn.replies import Incoming
from knowledge.answers.answer import Prompt
from knowledge.answers.engine import AnswerEngine
from tests.model.conftest import DAY
from tests.model.openai_api import KEY, TROUBLES, OpenAiApi, echoes, faithful, says
from tests.model.test_drafting import GOOD, MEANT, ODD, PLAN, read_as

QUESTION = "上海的公司能牵头吗"
LABEL = "本回答由人工智能辅助生成"
PROMPT = Prompt("规则", "材料", "")


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """The library takes longer to load than the model has to answer here."""
    import langchain_openai  # noqa: F401, PLC0415


@dataclass
class Bot:
    """A bot with a model over a real store; what a person is told comes back as one text."""

    assistant: Assistant
    store: Store
    metrics: Metrics

    def say(self, person: str, text: str, bureau: str = "nanjing", day: date = DAY, chat: str = "") -> str:
        one = Incoming(chat or person, person, text=text, bureau=bureau, today=day, private=not chat)
        return "\n".join(reply.text for reply in take_turn(self.assistant, self.store, one).replies)

    def worded(self, person: str, bureau: str = "nanjing", day: date = DAY, chat: str = "") -> bool:
        """Whether a question is answered in the model's words."""
        return LABEL in self.say(person, QUESTION, bureau, day, chat)

    def counted(self, name: str) -> int:
        """What a name used up."""
        with reading(self.store.engine) as connection:
            return connection.execute(select(spent.c.times).where(spent.c.name == name)).scalar() or 0

    def refused(self) -> str:
        """What of the budget the page of metrics says."""
        return "\n".join(
            line for line in self.metrics.page().decode().splitlines() if '_total{reason="budget"}' in line
        )


@pytest.fixture
def made(api: OpenAiApi, tmp_path: Path) -> Iterator[Callable[..., Bot]]:
    """Makes a bot with these limits."""
    bots = list[Bot]()
    api.answer = echoes(faithful)

    def make(**limits: int) -> Bot:
        told = {"model": "qwen", "model_url": api.url, "model_key": SecretStr(KEY), "model_seconds": 20, **limits}
        settings = Settings.model_validate({"data": tmp_path, "office": False, **told})
        store = open_store(settings.database)
        metrics = Metrics(store.waiting)
        bots.append(Bot(conversation.assistant(settings, metrics.model_failed, metrics.file_refused), store, metrics))
        return bots[-1]

    yield make
    for bot in bots:
        assert isinstance(bot.assistant.asker, Wordsmith)
        bot.assistant.asker.model.close()  # type: ignore[attr-defined]
        bot.store.close()


# ---------------------------------------------------------------- abuse case 10: a flood drains the model's cost
def test_one_person_who_floods_gets_the_exact_answer_and_costs_no_call(
    made: Callable[..., Bot], api: OpenAiApi, desk: AnswerEngine, caplog: pytest.LogCaptureFixture
) -> None:
    bot = made(model_per_person=3)
    caplog.set_level(logging.DEBUG, "bot")
    assert [bot.worded("tg:4711") for _ in range(3)] == [True] * 3
    exact = desk.ask(QUESTION, (QUESTION,), DAY).text
    assert [bot.say("tg:4711", QUESTION) for _ in range(20)] == [exact] * 20
    assert len(api.asked) == 3
    assert bot.refused() == 'shenbao_model_failures_total{reason="budget"} 20.0'
    assert SPENT in caplog.text and "4711" not in caplog.text
    assert bot.worded("tg:1"), "others are not touched"


def test_a_thousand_new_people_of_one_bureau_never_get_beyond_its_share_and_touch_no_other_bureau(
    made: Callable[..., Bot], api: OpenAiApi
) -> None:
    bot = made(model_per_bureau=5)
    assert sum(bot.worded(f"tg:{number}") for number in range(1000)) == 5
    assert len(api.asked) == 5
    assert bot.worded("tg:5000", "suzhou") and bot.worded("tg:5001", "")


def test_all_bureaus_together_never_get_beyond_the_services_share(made: Callable[..., Bot], api: OpenAiApi) -> None:
    bot = made(model_per_day=4)
    cities = ("nanjing", "suzhou", "wuxi", "")
    assert sum(bot.worded(f"tg:{number}", cities[number % 4]) for number in range(12)) == 4
    assert len(api.asked) == 4


def test_the_next_day_it_begins_anew(made: Callable[..., Bot]) -> None:
    bot = made(model_per_person=1)
    assert [bot.worded("a"), bot.worded("a"), bot.worded("a", day=DAY + timedelta(1))] == [True, False, True]


def test_in_a_group_everybody_uses_up_their_own_share(made: Callable[..., Bot]) -> None:
    bot = made(model_per_person=1)
    assert [bot.worded("a", chat="g"), bot.worded("a", chat="g"), bot.worded("b", chat="g")] == [True, False, True]
    assert not bot.worded("a"), "it is the same share where nobody reads along"


def test_changing_the_city_gives_a_person_no_new_share(made: Callable[..., Bot]) -> None:
    bot = made(model_per_person=1)
    assert bot.worded("a")
    bot.say("a", "换城市 苏州")
    assert not bot.worded("a")


def test_a_share_of_nothing_is_no_model_at_all(made: Callable[..., Bot], api: OpenAiApi) -> None:
    assert not made(model_per_day=0).worded("a")
    assert api.asked == []


# ---------------------------------------------------------------- what counts
def test_only_what_the_model_is_asked_counts(made: Callable[..., Bot], api: OpenAiApi) -> None:
    bot = made()
    for text in ("写申报书", "进度", "帮助", "今天天气怎么样", "你好"):
        bot.say("a", text)
    assert bot.counted("a") == len(api.asked)
    bot.worded("a")
    assert bot.counted("a") == len(api.asked) > 0


def test_calls_that_are_not_made_because_the_server_is_down_use_nothing_up(
    made: Callable[..., Bot], api: OpenAiApi
) -> None:
    bot = made()
    api.answer = TROUBLES["500"]
    assert not any(bot.worded("a") for _ in range(9))
    assert bot.counted("a") == len(api.asked) == 3


def test_what_can_not_be_counted_is_not_asked(api: OpenAiApi) -> None:
    def away() -> bool:
        raise StoreError("数据库连不上")

    model = ChatModel("qwen", api.url, KEY)
    metered = Metered(model, away)
    assert (list(metered.words(PROMPT, 5)), metered.name, api.asked) == ([Failed(UNKNOWN)], "qwen", [])
    model.close()


def test_the_operators_own_questions_have_no_budget(api: OpenAiApi, tmp_path: Path) -> None:
    api.answer = echoes(faithful)
    told = {
        "SHENBAO_DATA": str(tmp_path), "SHENBAO_TODAY": str(DAY), "SHENBAO_MODEL": "qwen", "SHENBAO_MODEL_URL": api.url,
        "SHENBAO_MODEL_SECONDS": "20", "SHENBAO_MODEL_PER_PERSON": "0", "SHENBAO_MODEL_PER_DAY": "0",
    }  # fmt: skip
    command = [sys.executable, "-m", "bot.cli", "ask", QUESTION]
    done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True, check=True)
    assert LABEL in done.stdout


# ---------------------------------------------------------------- drafting
def test_whoever_wishes_for_a_wording_is_told_that_the_days_share_is_used_up_and_gets_the_text_as_it_is(
    made: Callable[..., Bot], api: OpenAiApi
) -> None:
    bot = made(model_per_person=1)
    api.answer = says(GOOD)
    for text in ("写申报书", PLAN):
        bot.say("a", text)
    assert "组建6人专班" in bot.say("a", "帮我写第五部分")
    before = bot.store.load("a").state
    told = bot.say("a", "再写一次")
    assert "今天用大模型的次数用完了，明天再写" in told
    assert "专班6人，由副总牵头，每周开例会。" in told
    assert len(api.asked) == 1
    assert bot.store.load("a").state == before
    assert bot.refused() == 'shenbao_model_failures_total{reason="budget"} 1.0'
    assert "已采用" in bot.say("a", "采用"), "what was worded before is still there to be adopted"


def test_what_the_grammar_can_not_read_falls_through_as_without_a_model(
    made: Callable[..., Bot], api: OpenAiApi
) -> None:
    bot = made(model_per_person=1)
    api.answer = echoes(read_as(MEANT))
    for text in ("写申报书", "联合体名称：样例联合体", "项目名称：样例项目"):
        bot.say("a", text)
    assert "我理解为" in bot.say("a", ODD)
    bot.say("a", "不对")
    told = bot.say("a", ODD)
    assert "我理解为" not in told and "大模型" not in told
    assert told
    assert len(api.asked) == 1


# ---------------------------------------------------------------- what is kept of a person
def test_whoever_erases_their_data_leaves_nothing_of_what_they_used_up(made: Callable[..., Bot]) -> None:
    bot = made()
    assert bot.worded("tg:4711") and bot.counted("tg:4711") == 1
    kept = bot.store.load("tg:4711").past.everything()["spent"]
    assert kept == [{"day": DAY.isoformat(), "what": "model", "times": 1}]
    bot.say("tg:4711", "删除我的数据")
    assert "已删除" in bot.say("tg:4711", "确认删除")
    assert bot.counted("tg:4711") == 0
    assert bot.counted("nanjing") == 1, "a number that leads to nobody"
