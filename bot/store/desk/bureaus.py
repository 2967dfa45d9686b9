"""What each bureau says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.desk.acts import Act
from bot.desk.overlay import SILENT, Overlay
from bot.desk.scope import operator
from bot.store.desk.bound import Bound, Desks
from bot.store.desk.record import noted
from bot.store.desk_tables import bureaus


def overlays(desks: Desks) -> Mapping[str, Overlay]:
    """What every bureau that was ever set up says of itself, by code."""
    with desks.look(operator()) as seen:
        return {row.bureau: Overlay.model_validate_json(row.settings) for row in seen.rows(bureaus)}


def overlay(bound: Bound) -> tuple[Overlay, int]:
    """What the scope's bureau says of itself, and the version of that; 0 where it never said anything."""
    row = bound.one(bureaus, bureaus.c.bureau == bound.scope.bureau)
    return (Overlay.model_validate_json(row.settings), row.version) if row else (SILENT, 0)


def counted(bound: Bound, more: int) -> None:
    """So many more work at the bureau's desk."""
    said, version = overlay(bound)
    _keep(bound, said.but(crew=max(0, said.crew + more)), version)


def settle(bound: Bound, act: Act) -> None:
    """Parts of what a bureau says changed, on top of the version the change was decided on."""
    said, version = overlay(bound)
    after = said.but(**act.values)
    _keep(bound, after, act.was or version)
    noted(bound, act, json.dumps(act.values, ensure_ascii=False, default=str))


def _keep(bound: Bound, said: Overlay, was: int) -> None:
    values = {"settings": said.model_dump_json(), "version": was + 1, "updated": bound.now}
    if was:
        bound.once(bureaus, bureaus.c.bureau == bound.scope.bureau, bureaus.c.version == was, **values)
    else:
        bound.add(bureaus, **values)
