"""The local port: metrics as Prometheus reads them, and logs whose lines can be told apart."""

from __future__ import annotations

import io
import json
import logging

from bot.process.logs import request, set_up
from bot.process.metrics import Metrics


def test_what_is_counted_stands_on_the_page() -> None:
    metrics = Metrics(lambda: {"inbox": 2, "outbox": 7})
    metrics.turn("text", 0.03)
    metrics.answered("answered")
    metrics.answered("not_covered")
    metrics.model_failed("late after 12 s")
    metrics.file_refused("budget of the day is used up")
    metrics.given_up()
    page = metrics.page().decode()
    for line in (
        'shenbao_turn_seconds_bucket{kind="text",le="0.05"} 1.0',
        'shenbao_turn_seconds_bucket{kind="text",le="0.025"} 0.0',
        'shenbao_answers_total{status="not_covered"} 1.0',
        'shenbao_model_failures_total{reason="late"} 1.0',
        'shenbao_files_refused_total{reason="budget"} 1.0',
        "shenbao_updates_given_up_total 1.0",
        'shenbao_waiting{queue="inbox"} 2.0',
        'shenbao_waiting{queue="outbox"} 7.0',
    ):
        assert line in page.splitlines()


def test_a_line_of_the_log_is_an_object_that_names_its_request() -> None:
    stream = io.StringIO()
    set_up(["geheim"], stream=stream, shape="json")
    with request("u17"):
        logging.getLogger("bot.x").info("电话 %s，%s", "13812345678", "geheim")
    logging.getLogger("bot.x").warning("外面")
    inside, outside = map(json.loads, stream.getvalue().splitlines())
    assert inside["request"] == "u17" and inside["level"] == "INFO" and inside["logger"] == "bot.x"
    assert inside["message"] == "电话 138****5678，<secret>" and inside["time"]
    assert outside["request"] == "-"


def test_a_line_of_text_carries_the_request_too() -> None:
    stream = io.StringIO()
    set_up([], stream=stream)
    with request("u18"):
        logging.getLogger("bot.x").info("好")
    assert " bot.x u18 好" in stream.getvalue()
