"""The life of a ticket: whatever is tried in whatever order, two people never speak for one and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.tickets import CHANGES, LIVE, Doer, Ticket, after, refused

CITY = [Doer("z", "张三"), Doer("l", "李四")]
ABOVE = Doer("p", "赵六", above=True)
ASKER = Doer("w", "王五", applicant=True)
STEPS = st.lists(st.tuples(st.sampled_from([*CITY, ABOVE, ASKER]), st.sampled_from(sorted(CHANGES))), max_size=40)


@given(STEPS)
def test_any_order_of_tries_keeps_the_rules(steps: list[tuple[Doer, str]]) -> None:
    ticket = Ticket("nanjing", 1, "w", "两家牵头行不行")
    for doer, doing in steps:
        if refused(ticket, doing, doer):  # type: ignore[arg-type]
            continue
        before, ticket = ticket, after(ticket, doing, doer)  # type: ignore[arg-type]
        assert ticket.version == before.version + 1
        assert (ticket.question, ticket.person, ticket.number) == (before.question, before.person, before.number)
        if doing in ("answer", "more", "ask"):
            assert before.holder in ("", doer.person), "somebody else had it"
            assert before.state != "closed"
            assert ticket.holder == doer.person
            assert not doer.applicant and before.raised == doer.above
        if doing == "answer":
            assert before.state in LIVE, "answered twice unknowingly"
        if ticket.state in ("taken", "asked", "answered"):
            assert ticket.holder
        if ticket.raised != before.raised:
            assert doing in ("pass", "back") and not ticket.holder


def test_who_has_it_is_told_and_taking_over_is_a_step_of_its_own() -> None:
    ticket = after(Ticket("nanjing", 1, "w", "问"), "take", CITY[0])
    assert [refused(ticket, one, CITY[1]) for one in ("take", "answer", "ask")] == ["held"] * 3
    assert refused(ticket, "take", CITY[0]) == "mine"
    mine = after(ticket, "over", CITY[1])
    assert (mine.holder, refused(mine, "answer", CITY[1]), refused(mine, "answer", CITY[0])) == ("l", "", "held")


def test_what_was_answered_is_not_answered_again_but_added_to() -> None:
    ticket = after(Ticket("nanjing", 1, "w", "问"), "answer", CITY[0])
    assert refused(ticket, "answer", CITY[1]) == "answered"
    assert refused(ticket, "more", CITY[0]) == ""
    assert refused(ticket, "more", CITY[1]) == "held"


def test_the_asker_adds_says_that_it_is_solved_or_not_and_nothing_else() -> None:
    ticket = after(Ticket("nanjing", 1, "w", "问"), "ask", CITY[0])
    assert after(ticket, "said", ASKER).state == "taken"
    closed = after(ticket, "close", ASKER)
    assert after(closed, "reopen", ASKER).state == "taken"
    assert {refused(ticket, one, ASKER) for one in ("take", "answer", "pass", "note")} == {"not_yours"}


def test_the_province_speaks_on_what_was_passed_to_it_alone() -> None:
    ticket = Ticket("nanjing", 1, "w", "问")
    assert refused(ticket, "answer", ABOVE) == "below"
    raised = after(ticket, "pass", CITY[0])
    assert (raised.raised, refused(raised, "answer", CITY[0]), refused(raised, "answer", ABOVE)) == (True, "above", "")
    assert refused(raised, "note", CITY[0]) == ""
    assert after(raised, "back", ABOVE).raised is False
