"""The store on both databases: what is committed is there, what is refused changed nothing."""

import threading
from collections.abc import Callable, Iterator

import pytest

from bot.store import Letter, Sent, Store, Update, open_store
from bot.turn.outcome import DraftStep, Outcome, Post, Saved, Work
from bot.turn.ports import StaleError, take_turn
from bot.turn.replies import Incoming, Reply

SOURCE = ("telegram", "7")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(address: str, clock: Clock) -> Iterator[Store]:
    opened = open_store(address, clock)
    yield opened
    opened.close()


def test_a_chat_never_seen_has_no_state(store: Store) -> None:
    assert store.load("a") == Saved("a")


def test_what_is_committed_is_there_for_another_process(store: Store, address: str) -> None:
    store.commit(store.load("a"), Outcome({"step": 1, "odd": "㛃𠮷\ud83d\x00"}))
    other = open_store(address)
    saved = other.load("a")
    other.close()
    assert saved.state == {"step": 1, "odd": "㛃𠮷\ud83d\x00"}
    assert saved.version == 1


def test_the_slower_of_two_is_stale_and_changes_nothing(store: Store) -> None:
    first, second = store.load("a"), store.load("a")
    store.commit(first, Outcome({"by": "first"}))
    with pytest.raises(StaleError):
        store.commit(second, Outcome({"by": "second"}))
    later = store.load("a")
    store.commit(later, Outcome({"by": "third"}))
    with pytest.raises(StaleError):
        store.commit(later, Outcome({"by": "fourth"}, draft=DraftStep({}, [{"e": 1}])))
    assert store.load("a").state == {"by": "third"}
    assert store.load("a").draft is None


def test_events_of_a_draft_are_appended_and_never_overwritten(store: Store, clock: Clock) -> None:
    store.commit(store.load("a"), Outcome({}, draft=DraftStep({"lead": "甲"}, [{"set": "甲"}], "jiangsu_2026")), "u1")
    draft = store.load("a").draft
    assert draft is not None
    assert (draft.call, draft.facts, draft.version) == ("jiangsu_2026", {"lead": "甲"}, 1)
    clock.now = 2000.0
    step = DraftStep({"lead": "乙"}, [{"set": "乙"}, {"note": 1}], "jiangsu_2026", draft.id)
    store.commit(store.load("a"), Outcome({}, draft=step), "u2")
    store.commit(store.load("a"), Outcome({"talk": True}), "u2")
    kept = store.load("a").draft
    assert kept is not None
    assert (kept.id, kept.facts, kept.version) == (draft.id, {"lead": "乙"}, 2)
    assert store.events(draft.id) == [
        {"at": 1000.0, "who": "u1", "event": {"set": "甲"}},
        {"at": 2000.0, "who": "u2", "event": {"set": "乙"}},
        {"at": 2000.0, "who": "u2", "event": {"note": 1}},
    ]


def test_a_new_draft_takes_the_place_of_the_old_one(store: Store) -> None:
    store.commit(store.load("a"), Outcome({}, draft=DraftStep({"n": 1})))
    old = store.load("a").draft
    store.commit(store.load("a"), Outcome({}, draft=DraftStep({"n": 2})))
    new = store.load("a").draft
    assert old and new and old.id != new.id
    assert new.facts == {"n": 2}
    with pytest.raises(ValueError, match="is not the one"):
        store.commit(store.load("a"), Outcome({}, draft=DraftStep({"n": 3}, id=old.id)))


def test_consent_is_kept_with_its_version(store: Store) -> None:
    store.commit(store.load("a"), Outcome({}, consented="2026-03"), "u")
    store.commit(store.load("a"), Outcome({"x": 1}), "u")
    assert store.load("a").consented == "2026-03"
    assert store.load("b").consented == ""


def receive(store: Store, *numbers: int, chat: str = "a") -> set[int]:
    return store.inbox.receive(SOURCE, [Update(number, chat, {"text": f"m{number}"}) for number in numbers])


def test_an_update_is_kept_once(store: Store) -> None:
    assert receive(store, 5) == {5}
    assert receive(store, 5) == set()
    assert receive(store, 6, 5, 7) == {6, 7}
    assert receive(store) == set()
    assert store.inbox.receive(("telegram", "8"), [Update(5, "b", {})]) == {5}
    assert store.inbox.chats(SOURCE) == ["a"]


def test_updates_are_taken_as_they_were_numbered_whatever_order_they_came_in(store: Store) -> None:
    receive(store, 9, 3, 4)
    receive(store, 2)
    taken = []
    while received := store.inbox.claim(SOURCE, "a"):
        taken.append(received.payload["text"])
        store.finish(Work(received.id))
    assert taken == ["m2", "m3", "m4", "m9"]


def test_state_messages_and_done_go_together(store: Store) -> None:
    receive(store, 5)
    taken = store.take(SOURCE, "a")
    assert taken is not None
    received, saved = taken
    assert (received.payload, received.tries, saved) == ({"text": "m5"}, 1, Saved("a"))
    work = Work(received.id, "telegram", (Post("a", {"text": "1"}), Post("b", {"text": "2"})))
    store.commit(saved, Outcome({"n": 1}), "u", work)
    assert store.inbox.chats(SOURCE) == []
    assert store.take(SOURCE, "a") is None
    assert sorted(store.outbox.chats("telegram")) == ["a", "b"]
    with pytest.raises(StaleError):
        store.commit(store.load("a"), Outcome({"n": 2}), "u", work)
    assert store.load("a").state == {"n": 1}


def test_an_update_that_changes_nothing_is_finished_with_its_answer(store: Store) -> None:
    receive(store, 5)
    received = store.inbox.claim(SOURCE, "a")
    assert received is not None
    store.finish(Work(received.id, "telegram", (Post("a", {"text": "sorry"}),)), "boom")
    assert store.inbox.chats(SOURCE) == []
    assert store.outbox.chats("telegram") == ["a"]


def test_work_done_together_fails_apart(store: Store) -> None:
    store.commit(store.load("a"), Outcome({"n": 1}))
    stale = Saved("a")

    def wrong() -> None:
        raise ValueError("ours")

    works: list[Callable[[], object]] = [
        lambda: store.commit(store.load("b"), Outcome({"n": 1})),
        lambda: store.commit(stale, Outcome({"n": 9})),
        wrong,
        lambda: receive(store, 5),
        lambda: store.load("b").state,
    ]
    done, refused, failed, kept, seen = store.together(works)
    assert (done, kept, seen) == (None, {5}, {"n": 1})
    assert isinstance(refused, StaleError)
    assert isinstance(failed, ValueError)
    assert (store.load("a").state, store.load("b").state) == ({"n": 1}, {"n": 1})
    assert isinstance(store.together([wrong])[0], ValueError)


def queue(store: Store, *texts: str, board: str = "") -> None:
    store.finish(Work(None, "telegram", [Post("a", {"text": text}, board) for text in texts]))


def test_messages_leave_in_order_one_in_hand(store: Store) -> None:
    queue(store, "1", "2")
    first = store.outbox.take("telegram", "a")
    assert first is not None
    assert (first.payload, first.doubt) == ({"text": "1"}, False)
    again = store.outbox.take("telegram", "a")
    assert again is not None
    assert (again.id, again.doubt, again.tries) == (first.id, True, 2)
    second = store.outbox.take("telegram", "a", Sent(first.id, "m1"))
    assert second is not None
    assert (second.payload, second.doubt) == ({"text": "2"}, False)
    store.outbox.drop(second.id, "no")
    assert store.outbox.take("telegram", "a") is None
    assert store.outbox.chats("telegram") == []


def test_a_message_put_off_keeps_its_place(store: Store, clock: Clock) -> None:
    queue(store, "1", "2")
    first = store.outbox.take("telegram", "a")
    assert first is not None
    store.outbox.later(first.id, 30.0, doubt=False)
    waiting = store.outbox.take("telegram", "a")
    assert waiting is not None
    assert (waiting.id, waiting.wait, waiting.doubt) == (first.id, 30.0, False)
    clock.now = 1031.0
    due = store.outbox.take("telegram", "a")
    assert due is not None
    assert (due.id, due.wait, due.doubt) == (first.id, 0.0, False)


@pytest.mark.parametrize("jump", [-86_400.0, -20.0, 20.0, 86_400.0])
def test_a_clock_that_jumps_makes_no_message_wait_longer_and_no_update_wait_at_all(
    store: Store, clock: Clock, jump: float
) -> None:
    queue(store, "1", "2")
    first = store.outbox.take("telegram", "a")
    assert first is not None
    store.outbox.later(first.id, 30.0, doubt=False)
    receive(store, 5)
    clock.now += jump
    waiting = store.outbox.take("telegram", "a")
    assert waiting is not None
    assert (waiting.id, waiting.wait <= 30.0) == (first.id, True)
    assert store.take(SOURCE, "a") is not None
    assert store.leases.hold("poll")


def test_a_board_is_found_with_what_came_after_it(store: Store) -> None:
    assert store.outbox.board("telegram", "a", "tasks") is None
    queue(store, "board", board="tasks")
    queue(store, "talk", "edit")
    letter = store.outbox.take("telegram", "a")
    for message in ("m1", "m2", None):
        assert letter is not None
        letter = store.outbox.take("telegram", "a", Sent(letter.id, message))
    assert letter is None
    posted = store.outbox.board("telegram", "a", "tasks")
    assert posted is not None
    assert (posted.message, posted.later) == ("m1", 1)


def test_a_chat_that_moves_takes_everything_along(store: Store) -> None:
    store.commit(store.load("a"), Outcome({"n": 1}))
    queue(store, "1")
    store.outbox.take("telegram", "a")
    store.outbox.move("telegram", "a", "z")
    assert store.outbox.chats("telegram") == ["z"]
    assert store.load("z").state == {"n": 1}
    letter = store.outbox.take("telegram", "z")
    assert letter is not None
    assert not letter.doubt
    store.outbox.drop_chat("telegram", "z", "blocked", store.outbox.now())
    assert store.outbox.chats("telegram") == []


class Counter:
    def handle(self, incoming: Incoming, saved: Saved) -> Outcome:
        seen = saved.state["seen"] if saved.state else 0
        return Outcome({"seen": seen + 1}, (Reply(f"{incoming.text}{seen + 1}"),))


def test_turns_at_once_from_several_threads_are_all_counted(store: Store) -> None:
    def talk() -> None:
        for _ in range(5):
            take_turn(Counter(), store, Incoming("a", text="x"), tries=100)

    threads = [threading.Thread(target=talk) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.load("a").state == {"seen": 15}


def test_the_first_message_of_a_turn_is_in_hand_at_once_unless_another_waits(store: Store) -> None:
    def say(text: str, chat: str = "a") -> Letter | None:
        work = Work(None, "telegram", [Post(chat, {"text": text}), Post("a", {"text": f"{text}!"})], hand=True)
        return store.commit(store.load("a"), Outcome({}), work=work)

    first = say("1")
    assert first is not None
    assert (first.payload, first.doubt, first.wait) == ({"text": "1"}, False, 0.0)
    assert say("2") is None
    met = store.outbox.take("telegram", "a")
    assert met is not None
    assert (met.id, met.mine) == (first.id, True)
    texts, letter = [], store.outbox.take("telegram", "a", Sent(first.id, "m1"))
    while letter:
        texts.append(letter.payload["text"])
        letter = store.outbox.take("telegram", "a", Sent(letter.id, "m"))
    assert texts == ["1!", "2", "2!"]
    assert say("3", chat="b") is None
