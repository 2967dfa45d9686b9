"""Two processes on one server: what one has in hand the other leaves alone, until the lease ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from bot.store import Sent, Store, Update, open_store
from bot.store.connection import connect, joined
from bot.store.holding import HANGING, SLOW, Pulse, ServerClock
from bot.turn.outcome import Outcome, Post, Work
from bot.turn.ports import TakenError
from tests.postgres import Server

SOURCE = ("telegram", "7")
LEASE = 5.0


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pair(postgres: Server, clock: Clock) -> Iterator[tuple[Store, Store]]:
    with postgres.database() as address:
        both = open_store(address, clock, LEASE), open_store(address, clock, LEASE)
        yield both
        for one in both:
            one.close()


def receive(store: Store, *numbers: int, chat: str = "a") -> None:
    store.inbox.receive(SOURCE, [Update(number, chat, {"n": number}) for number in numbers])


def post(store: Store, *texts: str) -> None:
    store.finish(Work(None, "telegram", [Post("a", {"text": text}) for text in texts]))


def test_a_chat_is_with_one_until_its_update_is_done(pair: tuple[Store, Store]) -> None:
    one, other = pair
    receive(one, 1, 2)
    receive(other, 2, 3, chat="b")
    mine = one.take(SOURCE, "a")
    assert mine
    assert other.take(SOURCE, "a") is None
    assert other.take(SOURCE, "b")
    one.commit(mine[1], Outcome({}), work=Work(mine[0].id))
    next_ = other.take(SOURCE, "a")
    assert next_ and next_[0].payload == {"n": 2}
    assert one.take(SOURCE, "a") is None


def test_what_was_not_renewed_is_taken_over_and_the_slow_one_changes_nothing(
    pair: tuple[Store, Store], clock: Clock
) -> None:
    one, other = pair
    receive(one, 1)
    slow = one.take(SOURCE, "a")
    assert slow
    clock.now += LEASE - 1
    one.leases.renew()
    clock.now += LEASE - 1
    assert other.take(SOURCE, "a") is None
    assert other.leases.orphans(SOURCE) == ({}, {})
    clock.now += 2
    assert other.leases.orphans(SOURCE) == ({"a": 1}, {})
    fast = other.take(SOURCE, "a")
    assert fast and fast[0].tries == 2
    with pytest.raises(TakenError):
        one.commit(slow[1], Outcome({"by": "slow"}), work=Work(slow[0].id, "telegram", [Post("a", {"text": "slow"})]))
    assert one.outbox.chats("telegram") == []
    other.commit(fast[1], Outcome({"by": "fast"}), work=Work(fast[0].id))
    assert one.load("a").state == {"by": "fast"}


def test_a_message_goes_out_through_one_and_is_in_doubt_when_that_one_died(
    pair: tuple[Store, Store], clock: Clock
) -> None:
    one, other = pair
    post(one, "1", "2")
    letter = one.outbox.take("telegram", "a")
    assert letter and not letter.wait
    held = other.outbox.take("telegram", "a")
    assert held and held.wait == LEASE
    after = one.outbox.take("telegram", "a", Sent(letter.id, "m1"))
    assert after and not after.doubt
    clock.now += LEASE
    assert other.leases.orphans(SOURCE) == ({}, {"a": 1})
    late = other.outbox.take("telegram", "a")
    assert late and (late.id, late.wait, late.doubt, late.mine) == (after.id, 0.0, True, False)


def test_who_lost_a_message_to_another_leaves_what_follows_to_that_one(pair: tuple[Store, Store], clock: Clock) -> None:
    one, other = pair
    post(one, "1", "2")
    slow = one.outbox.take("telegram", "a")
    clock.now += LEASE
    again = other.outbox.take("telegram", "a")
    assert slow and again and again.id == slow.id and again.doubt
    assert one.outbox.take("telegram", "a", Sent(slow.id, "m1")) is None
    waiting = one.outbox.take("telegram", "a")
    assert waiting and waiting.id == again.id and waiting.wait
    after = other.outbox.take("telegram", "a", Sent(again.id, "m2"))
    assert after and after.payload == {"text": "2"}


def test_who_looks_for_work_is_not_in_the_way_of_who_has_it(pair: tuple[Store, Store]) -> None:
    one, other = pair
    receive(one, 1)
    post(one, "1")
    mine, letter = one.take(SOURCE, "a"), one.outbox.take("telegram", "a")
    assert mine and letter
    with joined(other.engine):
        assert other.take(SOURCE, "a") is None
        held = other.outbox.take("telegram", "a")
        assert held and held.wait
        one.commit(mine[1], Outcome({"by": "one"}), work=Work(mine[0].id))
        assert one.outbox.take("telegram", "a", Sent(letter.id, "m1")) is None
    assert one.load("a").state == {"by": "one"}


def test_what_is_being_renewed_is_finished_all_the_same(pair: tuple[Store, Store]) -> None:
    one, _ = pair
    receive(one, 1)
    mine = one.take(SOURCE, "a")
    assert mine
    with ThreadPoolExecutor(1) as pool:
        with joined(one.engine) as connection:
            one.leases.renew()
            finishing = pool.submit(one.commit, mine[1], Outcome({"by": "one"}), work=Work(mine[0].id))
            turn = threading.Event()
            while not connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar():
                assert not finishing.done()
                turn.wait(0.01)
        finishing.result()
    assert one.load("a").state == {"by": "one"}


def test_a_pulse_renews_while_the_process_gives_a_sign_of_life(pair: tuple[Store, Store], clock: Clock) -> None:
    one, other = pair
    receive(one, 1)
    assert one.take(SOURCE, "a")
    pulse = Pulse(one.leases, LEASE, clock)
    for _ in range(int(HANGING) // 4):
        clock.now += 4
        pulse.beat()
        assert other.take(SOURCE, "a") is None
    silent = Pulse(one.leases, LEASE, clock)
    silent.start(lambda: None)
    silent.stop()
    clock.now += HANGING + 1
    silent.beat()
    assert other.take(SOURCE, "a")


def test_what_does_not_follow_on_is_left_a_moment_for_what_may_be_arriving(
    pair: tuple[Store, Store], clock: Clock
) -> None:
    one, other = pair
    receive(one, 1)
    receive(one, 2, chat="b")
    assert one.take(SOURCE, "b", 0.25)
    receive(one, 5)
    clock.now += 0.25
    first = one.take(SOURCE, "a", 0.25)
    assert first and first[0].payload == {"n": 1}
    one.commit(first[1], Outcome({}), work=Work(first[0].id))
    receive(one, 4)
    assert one.take(SOURCE, "a", 0.25) is None
    receive(other, 3, chat="b")
    for number in (4, 5):
        taken = other.take(SOURCE, "a", 0.25)
        assert taken and taken[0].payload == {"n": number}
        other.commit(taken[1], Outcome({}), work=Work(taken[0].id))
    receive(one, 9)
    assert one.take(SOURCE, "a", 0.25) is None
    clock.now += 0.25
    assert one.take(SOURCE, "a", 0.25)


def test_a_name_is_held_by_one_and_given_back(pair: tuple[Store, Store], clock: Clock) -> None:
    one, other = pair
    assert (one.leases.hold("poll"), one.leases.hold("poll"), other.leases.hold("poll")) == (True, True, False)
    clock.now += LEASE
    assert (other.leases.hold("poll"), one.leases.hold("poll")) == (True, False)
    receive(other, 1)
    assert other.take(SOURCE, "a")
    other.leases.release()
    assert one.leases.hold("poll")
    assert one.take(SOURCE, "a")


def test_one_look_after_everything_says_what_there_is_to_do(pair: tuple[Store, Store]) -> None:
    one, other = pair
    receive(one, 1, 2)
    post(one, "1")
    tended = one.tend(SOURCE, "poll")
    assert (tended.ours, tended.updates, tended.messages) == (True, {"a": 2}, {"a": 1})
    assert not other.tend(SOURCE, "poll").ours


def test_the_servers_clock_is_everybodys(postgres: Server) -> None:
    with postgres.database() as address:
        store = open_store(address)
        store.commit(store.load("a"), Outcome({}))
        began = store.load("a").updated
        store.commit(store.load("a"), Outcome({}))
        assert 0 <= store.load("a").updated - began < 60
        store.close()


def test_a_clock_asked_on_a_busy_machine_keeps_what_it_knew(postgres: Server) -> None:
    """The answer is there at once, or after seconds of which nobody knows where they went."""
    under_way = [0.0]

    def passing() -> float:
        return time.monotonic() - (under_way.pop() if under_way else 0.0)

    with postgres.database() as address:
        engine = connect(address)
        clock = ServerClock(engine, passing)
        ahead = clock() - time.monotonic()
        for seconds in (50 * SLOW, 5 * SLOW):
            under_way.append(seconds)
            clock.sync()
            assert abs(clock() - time.monotonic() - ahead) < SLOW
        engine.dispose()
