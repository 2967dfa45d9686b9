"""What is seldom wanted of a person's drafts, fetched when it is: versions, who did what, other drafts, codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import Connection, Engine, Row, select

from bot.store import drafts as rows
from bot.store.answer_log import Given, given
from bot.store.connection import reading
from bot.store.desk.bound import Desks
from bot.store.desk.gone import everything
from bot.store.desk.looks import consulted
from bot.store.spending import Spending, used
from bot.store.tables import consents, draft_people, drafts, invitations
from bot.turn.budget import Share, What
from bot.turn.memory import Comer
from bot.turn.overlay import Overlay
from bot.turn.team import Note, Offer, Person, Shelved, Team, Version
from bot.turn.wish import Consulted, Wish

MOST_ANSWERS: Final = 10_000


@dataclass(frozen=True)
class Kept:
    """Where everybody's past is looked up."""

    engine: Engine
    desks: Desks
    spending: Spending


class PastOf:
    """The past of one person's drafts, `draft` being the current one; empty for none."""

    def __init__(self, kept: Kept, chat: str, draft: str = ""):
        self._kept, self._chat, self._draft = kept, chat, draft
        self._engine, self._desks, self._clock = kept.engine, kept.desks, kept.desks.clock

    def versions(self) -> Sequence[Version]:
        """The versions of the current draft, oldest first."""
        with reading(self._engine) as connection:
            return rows.versions(connection, self._draft)

    def notes(self) -> Sequence[Note]:
        """Who changed what in the current draft, oldest first."""
        with reading(self._engine) as connection:
            return rows.notes(connection, self._draft)

    def drafts(self) -> Sequence[Shelved]:
        """All drafts the person is in, in the order they came to them."""
        mine = (draft_people.c.person == self._chat) & draft_people.c.gone.is_(None)
        query = select(drafts).join_from(drafts, draft_people).where(mine).order_by(draft_people.c.joined, drafts.c.id)
        with reading(self._engine) as connection:
            found = [self._shelved(connection, row) for row in connection.execute(query).all()]
        return tuple(one for one in found if one)

    def _shelved(self, connection: Connection, row: Row[Any]) -> Shelved | None:
        team = rows.team(connection, row.id, row.version, self._chat)
        return Shelved(row.id, json.loads(row.facts), team) if team else None

    def offer(self, code: str) -> tuple[Offer | None, float]:
        """What a code opens, None when there is no such code; and the time it is now."""
        now = self._clock()
        query = select(invitations, drafts.c.facts).join_from(invitations, drafts).where(invitations.c.code == code)
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None, now
            found = connection.execute(rows.PEOPLE, {"of": row.draft}).all()
        me = Person(self._chat, row.role, unit=row.unit)
        team = Team(me, tuple(rows.person(one) for one in found))
        return Offer(row.draft, json.loads(row.facts), team, _state(row, now)), now

    def overlay(self, bureau: str) -> Overlay:
        """What a bureau says of itself, as it said it a moment ago."""
        return self._desks.overlay(bureau)

    def spend(self, what: What, day: date, shares: Sequence[Share]) -> bool:
        """Whether it may be done once more on that day; it then counts in every share, else in none."""
        return self._kept.spending.spend(what, day, shares)

    def consult(self, wish: Wish, comer: Comer) -> Consulted:
        """What there is at a desk for a wish, as whoever wishes it may see it."""
        return consulted(self._desks, wish, comer)

    def everything(self, user: str = "") -> dict[str, Any]:
        """The person's drafts, consents, answers they were given and what they used up of a day, oldest first."""
        with reading(self._engine) as connection:
            agreed = connection.execute(consents.select().where(consents.c.chat == self._chat)).all()
            told = given(connection, self._chat, MOST_ANSWERS)
            desks = everything(connection, {self._chat, user or self._chat})
            spent = used(connection, self._chat)
        return {
            "desks": desks,
            "spent": spent,
            "drafts": [
                {"role": one.team.me.role, "unit": one.team.me.unit, "facts": one.facts} for one in self.drafts()
            ],
            "consents": [{"version": row.version, "at": row.at} for row in agreed],
            "answers": [_told(one) for one in told],
        }


def _told(one: Given) -> dict[str, Any]:
    """An answer as it was given, with what it rested on."""
    kept = asdict(one.record)
    names = ("status", "citations", "today", "bureau", "pack", "exact", "model", "prompt")
    return {"at": one.at, "question": kept["question"], "answer": kept["text"], **{name: kept[name] for name in names}}


def _state(row: Row[Any], now: float) -> Literal["open", "used", "expired"]:
    if row.used is not None:
        return "used"
    return "open" if row.expires > now else "expired"
