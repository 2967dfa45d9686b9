"""Which city a message names as one's own: by the call's recommenders, and only as a message of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bot.turn.scope import PROVINCE
from bot.turn.session import Session
from drafting.phrasebook import pattern
from drafting.reading.intents import asks
from knowledge.call.definition import Call, Recommender

LINK: Final = "/start"


def meant(said: object, call: Call) -> Recommender | None:
    """The recommender of that code, city, name or short name; None where there is no such one."""
    return _known(call).get(said) if isinstance(said, str) else None


def office_name(bureau: str, call: Call) -> str:
    """The full name of whoever has a desk: a bureau by its code, or the province."""
    if bureau == PROVINCE:
        return call.call.issuer
    body = meant(bureau, call)
    return body.name if body else bureau


@lru_cache(maxsize=4)
def _known(call: Call) -> dict[str, Recommender]:
    known = (
        (one, (one.code, one.city, one.city.removesuffix("市"), one.name, *one.aliases)) for one in call.recommenders
    )
    out: dict[str, Recommender] = {}
    for one, ways in known:
        out |= {way: one for way in ways if way not in out}
    return out


def named(text: str, call: Call) -> Recommender | None:
    """The recommender of the city a whole message says one belongs to; None where it says none."""
    found = pattern("clauses.city").search(text)
    said = next((one for one in found.groups() if one), "") if found else ""
    bare = pattern("clauses.city_office").sub("", said)
    return meant(said, call) or meant(bare, call) or meant(said.lower(), call)


def belongs(text: str, session: Session, call: Call) -> bool:
    """Whether a whole message says which city one belongs to, or asks to choose; the form's own cell goes before."""
    if pattern("clauses.cities").search(text):
        return True
    field = call.field_of_kind("recommender")
    answers = field is not None and session.asking == field.id and not text.startswith(LINK)
    return not answers and named(text, call) is not None


def leading(text: str, session: Session, call: Call) -> tuple[str, str]:
    """What a question begins with where that says one's city, and the question; empty ones for any other message."""
    head, _, rest = text.replace(",", "，").partition("，")
    if not asks(rest) or not belongs(head.strip(), session, call) or named(head.strip(), call) is None:
        return "", ""
    return head.strip(), rest.strip()
