"""What a running bot counts, for Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
Waiting = Callable[[], dict[str, int]]


class Metrics:
    """Turns by kind, answers by status, failures of the model and files not opened by reason, and what waits then."""

    def __init__(self, waiting: Waiting):
        own = CollectorRegistry()
        own.register(_Queues(waiting))
        self.registry = own
        self._turns = Histogram(
            "shenbao_turn_seconds", "From taken in hand to saved", ["kind"], registry=own, buckets=SECONDS
        )
        self._answers = Counter("shenbao_answers", "Policy answers given", ["status"], registry=own)
        self._model = Counter("shenbao_model_failures", "Times the model gave nothing", ["reason"], registry=own)
        self._refused = Counter("shenbao_files_refused", "Files that were not opened", ["reason"], registry=own)
        self._given_up = Counter("shenbao_updates_given_up", "Updates that failed too often", registry=own)

    def turn(self, kind: str, seconds: float) -> None:
        """A turn of a kind (text, press, file) took so long."""
        self._turns.labels(kind).observe(seconds)

    def answered(self, status: str) -> None:
        """A policy question was answered with this status."""
        self._answers.labels(status).inc()

    def model_failed(self, reason: str) -> None:
        """The exact answer, or the text as it was, went out because the model gave none that may."""
        self._model.labels(reason.partition(" ")[0]).inc()

    def file_refused(self, reason: str) -> None:
        """A file was not opened."""
        self._refused.labels(reason.partition(" ")[0]).inc()

    def given_up(self) -> None:
        """An update was answered with an apology."""
        self._given_up.inc()

    def page(self) -> bytes:
        """Everything counted so far, as Prometheus reads it."""
        return bytes(generate_latest(self.registry))


class _Queues:
    """How much waits, counted when somebody looks."""

    def __init__(self, waiting: Waiting):
        self._waiting = waiting

    def collect(self) -> Iterator[Any]:
        """One gauge with a line a queue."""
        gauge = GaugeMetricFamily("shenbao_waiting", "Rows that wait to be handled or sent", labels=["queue"])
        for queue, count in self._waiting().items():
            gauge.add_metric([queue], count)
        yield gauge
