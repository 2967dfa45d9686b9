"""What was used up of a day's budgets on both databases: by however many at once, it is never more than there is."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.store import Store, open_store
from bot.store.connection import reading
from bot.store.tables import spent
from bot.turn.budget import Limits, Share
from tests.conversation.office import Clock

DAY = date(2026, 3, 28)
HOURS = 3600.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(address: str, clock: Clock) -> Iterator[Store]:
    opened = open_store(address, clock)
    yield opened
    opened.close()


def spend(store: Store, person: str, limits: Limits, bureau: str = "nanjing", day: date = DAY) -> bool:
    return store.load(person).past.spend("model", day, limits.shares(person, bureau))


def rows(store: Store) -> dict[tuple[str, str], int]:
    """How often was counted, by whose and which."""
    with reading(store.engine) as connection:
        found = connection.execute(select(spent)).all()
    return {(row.whose, row.name): row.times for row in found}


def test_a_flooder_has_so_many_a_day_and_begins_anew_the_next(store: Store) -> None:
    limits = Limits(3, 100, 100)
    assert [spend(store, "a", limits) for _ in range(5)] == [True] * 3 + [False] * 2
    assert spend(store, "b", limits), "another person has a share of their own"
    assert [spend(store, "a", limits, day=DAY + timedelta(1)) for _ in range(4)] == [True] * 3 + [False]


def test_what_is_refused_counts_for_nobody(store: Store) -> None:
    limits = Limits(1, 3, 100)
    for person in ("a", "a", "a", "b", "c", "d", "e"):
        spend(store, person, limits)
    assert rows(store) == {
        ("person", "a"): 1, ("person", "b"): 1, ("person", "c"): 1, ("bureau", "nanjing"): 3, ("all", ""): 3,
    }  # fmt: skip


def test_a_thousand_new_people_of_one_bureau_take_no_more_than_its_share_and_nothing_of_anothers(store: Store) -> None:
    limits = Limits(200, 20, 30)
    past = store.load("a").past
    flood = [limits.shares(f"new {number}", "nanjing") for number in range(1000)]
    assert sum(past.spend("model", DAY, shares) for shares in flood) == 20
    assert [spend(store, "s", limits, "suzhou") for _ in range(3)] == [True] * 3
    assert len(rows(store)) == 20 + 1 + 3, "whoever gets nothing leaves no row"


def test_the_whole_service_has_a_share_that_no_number_of_bureaus_exceeds(store: Store) -> None:
    limits = Limits(200, 20, 30)
    allowed = [spend(store, f"p{number}", limits, f"b{number % 13}") for number in range(60)]
    assert allowed == [True] * 30 + [False] * 30


def test_those_who_chose_no_bureau_share_one_with_each_other_only(store: Store) -> None:
    limits = Limits(200, 2, 100)
    assert [spend(store, person, limits, "") for person in "abc"] == [True, True, False]
    assert spend(store, "d", limits, "nanjing")


def test_files_and_calls_are_counted_apart(store: Store) -> None:
    past, shares = store.load("a").past, Limits(1, 9, 9).shares("a", "nanjing")
    assert past.spend("model", DAY, shares) and past.spend("file", DAY, shares)
    assert not past.spend("model", DAY, shares)


def test_a_share_of_nothing_allows_nothing_and_no_limit_everything(store: Store) -> None:
    assert not spend(store, "a", Limits(5, 0, 5))
    assert all(spend(store, "a", Limits()) for _ in range(5))
    assert rows(store) == {}


@pytest.mark.parametrize("limits", [Limits(50, 500, 500), Limits(500, 50, 500), Limits(500, 500, 50)])
def test_two_bots_that_count_at_once_never_go_beyond_what_there_is(address: str, limits: Limits) -> None:
    stores = [open_store(address) for _ in range(2)]
    for store in stores:
        store.load("a")

    def work(store: Store) -> int:
        return sum(spend(store, "a", limits) for _ in range(30))

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(work, [*stores, *stores]))
    assert done == 50
    assert set(rows(stores[0]).values()) == {50}
    for store in stores:
        store.close()


def test_days_that_are_over_are_swept_with_whatever_is_old(store: Store, clock: Clock) -> None:
    spend(store, "a", Limits(1, 1, 1))
    clock.now += 30 * HOURS
    spend(store, "a", Limits(1, 1, 1), day=DAY + timedelta(1))
    store.expire(0)
    assert len(rows(store)) == 3, "they are counted under the same names"
    clock.now += 30 * HOURS
    store.expire(0)
    with reading(store.engine) as connection:
        assert set(connection.execute(select(spent.c.day)).scalars()) == {"2026-03-29"}
    clock.now += 30 * HOURS
    store.expire(0)
    assert rows(store) == {}


def test_a_name_that_no_database_takes_is_counted_too(store: Store) -> None:
    shares = (Share("person", "甲\x00\ud83d", 1),)
    past = store.load("a").past
    assert [past.spend("model", DAY, shares) for _ in range(2)] == [True, False]
