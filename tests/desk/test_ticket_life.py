"""The life of a ticket: whatever is tried in whatever order, two people never speak for one and nothing is lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.life import Doer
from bot.desk.tickets.life import LIVE, STEPS, Ticket, Word, after, refused, valid

CITY = [Doer("z", "张三", to="l", to_name="李四"), Doer("l", "李四", to="z", to_name="张三")]
ABOVE = Doer("p", "赵六", above=True)
ASKER = Doer("w", "王五", applicant=True)
TRIES = st.lists(st.tuples(st.sampled_from([*CITY, ABOVE, ASKER]), st.sampled_from(sorted(STEPS))), max_size=40)


@given(TRIES)
def test_any_order_of_tries_keeps_the_rules(steps: list[tuple[Doer, str]]) -> None:
    ticket = Ticket("nanjing", 1, "w", "两家牵头行不行")
    for doer, doing in steps:
        if refused(ticket, doing, doer):  # type: ignore[arg-type]
            continue
        before, ticket = ticket, after(ticket, doing, doer)  # type: ignore[arg-type]
        assert ticket.version == before.version + 1
        assert (ticket.question, ticket.person, ticket.number) == (before.question, before.person, before.number)
        if doing in ("answer", "more", "fix", "ask"):
            assert before.holder in ("", doer.person), "somebody else had it"
            assert before.state != "closed", "nothing was answered that could be put right"
            assert ticket.holder == doer.person
            assert not doer.applicant and before.raised == doer.above
        if doing == "answer":
            assert before.state in LIVE, "answered twice unknowingly"
        if ticket.state in ("taken", "asked", "answered"):
            assert ticket.holder
        if ticket.raised != before.raised:
            assert doing in ("pass", "back", "fetch") and not ticket.holder
        if doing in ("leave", "hand"):
            assert before.holder in ("", doer.person) and before.state in LIVE
            assert ticket.holder == (doer.to if doing == "hand" else "")
        if doing == "fetch":
            assert before.raised and not before.holder and not doer.above, "somebody at the province had it"


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


def test_an_answer_is_put_right_even_when_it_is_over_but_only_where_there_is_one() -> None:
    ticket = Ticket("nanjing", 1, "w", "问")
    assert [refused(ticket, one, CITY[0]) for one in ("fix", "reask", "leave", "fetch")] == [
        "unanswered", "open", "free", "not_raised",
    ]  # fmt: skip
    closed = after(after(ticket, "answer", CITY[0]), "close", ASKER)
    assert refused(closed, "fix", CITY[1]) == "unanswered"
    told = replace(closed, words=(Word("z", "张三", "answer", "有", 0.0),))
    assert refused(told, "fix", CITY[1]) == "" and after(told, "fix", CITY[1]).state == "answered"
    assert refused(after(ticket, "answer", CITY[0]), "fix", CITY[1]) == "held"


def test_the_answer_that_counts_is_the_last_with_what_was_added_to_it() -> None:
    said = [("answer", "有"), ("more", "另附"), ("ask", "哪家"), ("fix", "没有"), ("more", "另行通知")]
    assert valid(said) == "没有\n另行通知" and valid(said[:2]) == "有\n另附" and valid(said[2:3]) == ""


def test_nothing_is_handed_to_nobody_or_to_whoever_has_it() -> None:
    ticket = after(Ticket("nanjing", 1, "w", "问"), "take", CITY[0])
    assert refused(ticket, "hand", Doer("z")) == "theirs" == refused(ticket, "hand", Doer("z", to="z"))
    assert refused(ticket, "hand", CITY[1]) == "held"
    asked = after(ticket, "ask", CITY[0])
    assert (after(asked, "hand", CITY[0]).state, after(asked, "hand", CITY[0]).holder) == ("asked", "l")
