"""Two bureaus with their people and applicants over a real store, for the stories of the FAQ."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.desk.bureau.life import Recruited
from bot.dialogue.assistant import Assistant
from bot.process.settings import Settings
from bot.running import conversation
from bot.store import open_store
from bot.store.desk_tables import asked, ticket_words, tickets
from bot.turn.acts import Act
from bot.turn.codes import new_code
from bot.turn.scope import Scope, operator
from knowledge.answers.background import Background
from knowledge.answers.engine import AnswerEngine, Own
from knowledge.library.shelves import Shelves
from tests.conversation.office import DAY, Clock, Office
from tests.furnished import furnished

CITIES = {"nanjing": "我在南京", "suzhou": "我在苏州"}


def based(folder: Path) -> Assistant:
    """An assistant whose index is made once, for all offices of a file of tests."""
    return conversation.assistant(Settings(data=furnished(folder), today=DAY, office=False))


@contextmanager
def offices(base: Assistant, folder: Path, address: str) -> Iterator[Office]:
    """The office; its answers come from the library of the database at that address."""
    clock, own = Clock(), base.asker
    assert isinstance(own, AnswerEngine)
    store = open_store(address, clock)
    beside = Background(own._background._guides, Shelves(store.documents, None))
    desk = AnswerEngine(own._known, own._index, beside, Own(store.documents, own._reader._open))
    try:
        yield Office(replace(base, asker=desk), store, clock, folder)
    finally:
        store.close()


def hired(office: Office, bureau: str, *people: str) -> None:
    """People who work at a bureau's desk from now on; the first as its administrator."""
    for place, person in enumerate(people):
        code = new_code()
        office.store.perform((Act(operator(bureau), Recruited(code, "staff" if place else "admin")),))
        assert "您已是" in office.say(person, f"加入 {code}")


def applicant(office: Office, person: str, bureau: str) -> None:
    """Somebody who chose their city."""
    office.say(person, CITIES[bureau])


def heard(office: Office, bureau: str, *questions: str, status: str = "not_covered", person: str = "某人") -> None:
    """Questions that were asked of a bureau before."""
    with office.store.desks.change(Scope(bureau, "applicant", person)) as seen:
        for one in questions:
            rest = {"topic": "", "ticket": 0, "thumb": 0, "mark": ""}
            seen.add(asked, person=person, at=seen.now, status=status, question=one, **rest)


def ticket(office: Office, bureau: str, question: str, answer: str = "", number: int = 1) -> None:
    """A ticket of a bureau, answered or not."""
    with office.store.desks.change(operator(bureau)) as seen:
        held = {"state": "open", "raised": 0, "holder": "", "holder_name": "", "version": 1, "opened": seen.now}
        done = {"answered": seen.now if answer else None, "recalled": None, "updated": seen.now}
        who = {"person": "某人", "name": "某人", "context": ""}
        seen.add(tickets, number=number, question=question, **who, **held, **done)
        if answer:
            said = {"by": "z", "by_name": "z", "kind": "answer", "text": answer, "at": seen.now, "person": "某人"}
            seen.add(ticket_words, number=number, position=1, **said)
