"""Two processes on one server: what one has in hand the other leaves alone, until the lease ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.ports import Outcome, Post, StaleError, Work
from bot.store import Sent, Store, Update, open_store
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
    with pytest.raises(StaleError):
        one.commit(slow[1], Outcome({"by": "slow"}), work=Work(slow[0].id))
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
