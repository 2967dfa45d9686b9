"""Updates that come twice, late or never, processes that die, leases that end, in any order: handled once, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from bot.store import Sent, Store, Update
from bot.store.connection import connect
from bot.turn.outcome import Outcome, Post, Work
from bot.turn.ports import StaleError

LEASE = 5.0
EXAMPLES = count()
CHATS = st.sampled_from(("a", "b"))
WHO = st.integers(0, 1)
NUMBERS = st.lists(st.integers(1, 20), min_size=1, max_size=6)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Process:
    """A process with what it remembers; a dead one is replaced by another."""

    store: Store
    updates: dict[str, Any] = field(default_factory=dict)
    tried: set[int] = field(default_factory=set)


class Deliveries(RuleBasedStateMachine):
    """Two processes on a database that earlier examples have used, which `engine` leads to."""

    engine: ClassVar[Engine]

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.source = f"c{next(EXAMPLES)}", "7"
        self.received: dict[str, set[int]] = {"a": set(), "b": set()}
        self.handled: dict[str, list[int]] = {"a": [], "b": []}
        self.arrived: dict[str, list[tuple[int, bool]]] = {"a": [], "b": []}
        self.processes = [self._process(), self._process()]

    def _process(self) -> Process:
        return Process(Store(self.engine, self.clock, LEASE))

    def name(self, chat: str) -> str:
        return f"{self.source[0]}:{chat}"

    @rule(who=WHO, chat=CHATS, numbers=NUMBERS)
    def arrive(self, who: int, chat: str, numbers: list[int]) -> None:
        unique = [Update(one, self.name(chat), one) for one in dict.fromkeys(numbers)]
        both = {one.number + 100 * (chat == "b"): one for one in unique}
        new = self.processes[who].store.inbox.receive(
            self.source, [Update(number, one.chat, number) for number, one in both.items()]
        )
        assert new == set(both) - self.received[chat]
        self.received[chat] |= set(both)

    @rule(who=WHO, chat=CHATS)
    def take(self, who: int, chat: str) -> None:
        process = self.processes[who]
        if chat not in process.updates and (taken := process.store.take(self.source, self.name(chat))):
            process.updates[chat] = taken
            left = self.received[chat] - set(self.handled[chat])
            assert taken[0].payload == min(left)

    @rule(who=WHO, chat=CHATS)
    def finish(self, who: int, chat: str) -> None:
        process = self.processes[who]
        if chat not in process.updates:
            return
        received, saved = process.updates.pop(chat)
        seen = [*(saved.state or {"seen": []})["seen"], received.payload]
        work = Work(received.id, self.source[0], [Post(self.name(chat), received.payload)])
        try:
            process.store.commit(saved, Outcome({"seen": seen}), work=work)
        except StaleError:
            return
        self.handled[chat].append(received.payload)

    @rule(who=WHO, chat=CHATS, hears=st.booleans())
    def send(self, who: int, chat: str, hears: bool) -> None:
        self._sent(who, chat, hears)

    def _sent(self, who: int, chat: str, hears: bool) -> bool:
        process = self.processes[who]
        letter = process.store.outbox.take(self.source[0], self.name(chat))
        if letter is None or letter.wait:
            return False
        doubt = letter.doubt and not (letter.mine and letter.id not in process.tried)
        process.tried.add(letter.id)
        self.arrived[chat].append((letter.payload, doubt))
        if hears:
            process.store.outbox.take(self.source[0], self.name(chat), Sent(letter.id, "m"))
        return True

    @rule(who=WHO)
    def renew(self, who: int) -> None:
        self.processes[who].store.leases.renew()

    @rule(who=WHO)
    def die(self, who: int) -> None:
        self.processes[who] = self._process()

    @rule(seconds=st.sampled_from((0.5, 3.0, 30.0)))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @invariant()
    def no_message_goes_twice_without_saying_so(self) -> None:
        for chat in self.arrived:
            sure = [number for number, doubt in self.arrived[chat] if not doubt]
            assert len(sure) == len(set(sure))

    def teardown(self) -> None:
        self.clock.now += 100
        self.processes = [self._process()] * 2
        for chat in self.received:
            while (self.received[chat] - set(self.handled[chat])) and not self.processes[0].updates:
                self.take(0, chat)
                self.finish(0, chat)
            while self._sent(0, chat, hears=True):
                continue
            assert set(self.handled[chat]) == self.received[chat]
            assert len(self.handled[chat]) == len(self.received[chat])
            state = self.processes[0].store.load(self.name(chat)).state
            assert (state or {"seen": []})["seen"] == self.handled[chat]
            assert list(dict.fromkeys(number for number, _ in self.arrived[chat])) == self.handled[chat]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whatever_happens_every_update_is_handled_once_and_every_reply_arrives(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if kind == "sqlite":
        _run(f"sqlite:///{tmp_path / 'x.db'}")
        return
    with request.getfixturevalue("postgres").database() as address:
        _run(address)


def _run(address: str) -> None:
    Deliveries.engine = connect(address)
    try:
        run_state_machine_as_test(Deliveries, settings=settings(max_examples=30, stateful_step_count=40))
    finally:
        Deliveries.engine.dispose()
