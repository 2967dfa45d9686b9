"""A running bot watched: its numbers, its health, and a chat that floods it told so once."""

from __future__ import annotations

from pathlib import Path

import httpx

from bot.delivery import sentences
from bot.delivery.service import MOST_AT_ONCE
from bot.turn.outcome import AnswerRecord, Outcome, Saved
from bot.turn.replies import Incoming, Reply
from tests.botapi import BotApi, Fault
from tests.channels.harness import Parrot, free_port, running, settings_for


class Answers(Parrot):
    """Answers a question with a status of the notice."""

    def _ask(self, state: object, word: str) -> tuple[Reply, ...]:
        return (Reply(f"答 {word}"),)

    def handle(self, incoming: Incoming, saved: Saved) -> Outcome:
        outcome = super().handle(incoming, saved)
        record = AnswerRecord(incoming.text or "", "答", "answered")
        return Outcome(outcome.state, outcome.replies, answers=(record,))


def test_turns_and_answers_can_be_read_while_it_runs(api: BotApi, data: Path) -> None:
    settings = settings_for(api, data, metrics=f"127.0.0.1:{free_port()}")
    at = f"http://{settings.metrics}"
    with running(settings, Answers(data)):
        api.say(5, "ask 几家")
        api.say(6, "ask 几号")
        api.until_texts(5, "答 ask 几家")
        api.until_texts(6, "答 ask 几号")
        page = httpx.get(f"{at}/metrics").text
        health = httpx.get(f"{at}/healthz")
        assert httpx.get(f"{at}/else").status_code == 404
    assert 'shenbao_turn_seconds_count{kind="text"} 2.0' in page
    assert 'shenbao_answers_total{status="answered"} 2.0' in page
    assert 'shenbao_waiting{queue="inbox"} 0.0' in page
    assert health.status_code == 200 and health.json()["ok"] is True
    assert "几家" not in page


def test_a_chat_that_floods_is_told_once_and_answered_in_order_while_others_go_on(api: BotApi, data: Path) -> None:
    parrot = Parrot(data)
    with running(settings_for(api, data), parrot):
        api.say(5, "slow")
        for number in range(MOST_AT_ONCE + 20):
            api.say(5, f"m{number}")
        api.until(lambda: sentences.FLOOD in api.texts(5), "told")
        api.say(6, "a")
        api.until_texts(6, "1 a")
        parrot.gate.set()
        api.until(lambda: len(api.texts(5)) == MOST_AT_ONCE + 22, "all answered")
    said = api.texts(5)
    assert said.count(sentences.FLOOD) == 1
    said.remove(sentences.FLOOD)
    assert said == ["1 slow", *(f"{number + 2} m{number}" for number in range(MOST_AT_ONCE + 20))]


def test_health_names_the_trouble_with_telegram_while_it_lasts(api: BotApi, data: Path) -> None:
    settings = settings_for(api, data, metrics=f"127.0.0.1:{free_port()}")
    api.fail("getUpdates", *(Fault(409, "Conflict: terminated by other getUpdates request") for _ in range(3)))

    def told() -> object:
        try:
            return httpx.get(f"http://{settings.metrics}/healthz").json().get("telegram", "")
        except httpx.ConnectError:
            return None

    with running(settings, Parrot(data)):
        api.until(lambda: told() == "Conflict", "the trouble")
        api.say(5, "a")
        api.until_texts(5, "1 a")
        api.until(lambda: told() == "", "all well")
