"""Fill the issuer's own file: values go beside their labels, everything else stays as it was.

Rows printed for units that the application doesn't have (参与单位3, ……) are taken out once it names as many
participants as the call asks for; until then they stay, showing where to write. A prompt gives way to the text it
asked for. Seals, the date of the promise and the recommender's opinion are never written.
"""

from __future__ import annotations

import importlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from drafting.form.cells import Form, UnitRow
from drafting.form.draft import LEAD, PARTICIPANT
from drafting.ooxml.elements import cells_of, copy_row, remove, set_cell
from drafting.ooxml.spots import Spot
from drafting.ooxml.unit_rows import UnitPlace
from drafting.word.guard import SAVE_AS, UnreadableError, inspect
from drafting.word.layout import Layout, layout_of
from drafting.word.save import save
from knowledge.call.definition import Call
from knowledge.files.bounded import Limits, LostError, bounded
from knowledge.files.letters import fit

if TYPE_CHECKING:
    from docx.document import Document


WRITING: Final = Limits(written=64 * 1024 * 1024)


@dataclass(frozen=True)
class Filled:
    """What became of a filling: `missing` names the labels that the blank form doesn't have."""

    path: Path
    missing: tuple[str, ...] = ()


def fill(form: Form, call: Call, blank: Path, out: Path) -> Filled:
    """Write the form's values into a copy of the blank file; `out` appears whole or not at all."""
    from docx import Document  # noqa: PLC0415  kept out of programs that write no Word file

    document = Document(str(blank))
    layout = layout_of(document.element.body, call)
    _write_fields(form, layout)
    _write_tasks(form, layout)
    _write_units(form, layout, call)
    for key, prose in layout.prose.items():
        if form.texts.get(key):
            prose.write(form.texts[key])
    _write_properties(document, form, call)
    save(document, out)
    return Filled(out, layout.missing)


def fill_within(form: Form, call: Call, blank: Path, out: Path) -> tuple[str, ...]:
    """Fill anybody's blank file in a process of its own; the labels it doesn't have.

    UnreadableError says in Chinese why the blank is no use, OSError why `out` can't be written.
    """
    inspect(blank)
    importlib.import_module("docx")
    with tempfile.TemporaryDirectory(prefix=".shenbao-", dir=out.parent) as folder:
        made = Path(folder).absolute() / "form.docx"
        try:
            missing = bounded(_filled, form, call, str(blank.absolute()), str(made), limits=WRITING)
        except LostError as error:
            raise UnreadableError(f"打不开，或太复杂。{SAVE_AS}") from error
        made.replace(out)
    return tuple(missing)


def _filled(form: Form, call: Call, blank: str, out: str) -> list[str]:
    return list(fill(form, call, Path(blank), Path(out)).missing)


def _write_fields(form: Form, layout: Layout) -> None:
    for values, spots in ((form.cover, layout.cover), (form.fields, layout.fields)):
        for key, spot in spots.items():
            if values.get(key):
                spot.write(values[key] if not spot.label else values[key].replace("\n", " "))


def _write_tasks(form: Form, layout: Layout) -> None:
    rows = {row.task: row for row in form.tasks}
    for place in layout.tasks:
        row = rows.get(place.task.number) if place.task else None
        if row:
            _put(place.mark, row.mark)
            _put(place.target, row.target)


def _put(spot: Spot | None, text: str) -> None:
    if spot is not None and text:
        spot.write(text)


# ---------------------------------------------------------------- the units
def _write_units(form: Form, layout: Layout, call: Call) -> None:
    leaders = [unit for unit in form.units if unit.label.startswith(LEAD)]
    others = [unit for unit in form.units if unit not in leaders]
    places = layout.units
    if not places:
        return
    first = next((place for place in places if place.label.startswith(LEAD)), places[0])
    rest = [place for place in places if place is not first]
    if leaders:
        _write_unit(first, leaders[0])
    if others:
        rest = _room(rest or [first], len(others), bool(rest))
    for place, unit in zip(rest, others, strict=False):
        _write_unit(place, unit)
    if len(others) >= call.consortium.min_members:
        for place in rest[len(others) :]:
            remove(place.row)


def _room(places: list[UnitPlace], count: int, usable: bool) -> list[UnitPlace]:
    """As many places as there are participants: rows of dots are used too, more are copies of the last real row."""
    ready = list(places) if usable else []
    model = next((place for place in reversed(places) if not place.label.startswith("…")), places[-1])
    while len(ready) < count:
        last = ready[-1] if ready else model
        ready.append(_copied(model, last))
    return ready


def _copied(model: UnitPlace, last: UnitPlace) -> UnitPlace:
    made = copy_row(model.row)
    last.row.addnext(made)
    cells = dict(zip(cells_of(model.row), cells_of(made), strict=True))
    for cell in cells.values():
        set_cell(cell, "")
    spots = [Spot(cells[spot.element]) if spot else None for spot in (model.name, model.intro, model.duty)]
    name = spots[0] or model.name
    return UnitPlace(made, name, spots[1], spots[2], PARTICIPANT)


def _write_unit(place: UnitPlace, unit: UnitRow) -> None:
    _put(place.name, unit.name)
    _put(place.intro, unit.intro)
    _put(place.duty, unit.duty)


# ---------------------------------------------------------------- the file
def _write_properties(document: Document, form: Form, call: Call) -> None:
    properties = document.core_properties
    project = next((form.cover[key] for key in call.cover if form.cover.get(key)), "")
    properties.title = f"{call.call.form_title}（{fit(project)}）" if project else call.call.form_title
    properties.author = properties.last_modified_by = properties.comments = ""
