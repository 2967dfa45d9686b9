"""What each bureau says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from bot.desk.bureau.life import Settled
from bot.store.desk.bound import Bound, Desks, bound
from bot.store.desk.record import noted, of
from bot.store.desk_tables import bureaus
from bot.turn.acts import Act
from bot.turn.overlay import SILENT, Overlay
from bot.turn.scope import PROVINCE, Scope, operator


def overlays(desks: Desks) -> Mapping[str, Overlay]:
    """What every bureau that was ever set up says of itself, by code."""
    with desks.look(operator()) as seen:
        return {row.bureau: Overlay.model_validate_json(row.settings) for row in seen.rows(bureaus)}


def codes(seen: Bound) -> tuple[str, ...]:
    """Every city's bureau that was ever set up, in the order of their codes; the province is none of them."""
    with bound(seen.connection, operator(), seen.now) as all_:
        rows = all_.rows(bureaus, order=(bureaus.c.bureau,), only=(bureaus.c.bureau,))
    return tuple(row.bureau for row in rows if row.bureau != PROVINCE)


def at_each(seen: Bound) -> Iterator[Bound]:
    """What the person sees at each bureau as an applicant, one after the other."""
    for code in codes(seen):
        with bound(seen.connection, Scope(code, "applicant", seen.scope.user), seen.now) as there:
            yield there


def overlay(seen: Bound) -> tuple[Overlay, int]:
    """What the scope's bureau says of itself, and the version of that; 0 where it never said anything."""
    row = seen.one(bureaus, bureaus.c.bureau == seen.scope.bureau)
    return (Overlay.model_validate_json(row.settings), row.version) if row else (SILENT, 0)


def counted(seen: Bound, more: int) -> None:
    """So many more work at the bureau's desk."""
    said, version = overlay(seen)
    _keep(seen, said.but(crew=max(0, said.crew + more)), version)


def settle(seen: Bound, act: Act[Settled]) -> None:
    """Parts of what a bureau says changed, on top of the version the change was decided on."""
    said, version = overlay(seen)
    parts = dict(act.change.parts)
    _keep(seen, said.but(**parts), act.was or version)
    noted(seen, act, json.dumps(parts, ensure_ascii=False, default=str))


def _keep(seen: Bound, said: Overlay, was: int) -> None:
    values = {"settings": said.model_dump_json(), "version": was + 1, "updated": seen.now}
    if was:
        seen.once(bureaus, bureaus.c.bureau == seen.scope.bureau, bureaus.c.version == was, **values)
    else:
        seen.add(bureaus, **values)


CHANGES: Final = (of(Settled, settle),)
