"""A form's file: where everything stands in it, found by label, never by position; read back, and filled in place.

Everything else stays as it was. Rows printed for units that the application doesn't have (参与单位3, ……) are taken out
once it names as many participants as the call asks for; until then they stay, showing where to write. A prompt gives
way to the text it asked for. Seals, the date of the promise and the recommender's opinion are never written.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.document import Document as Opened

from drafting.application.whole_form import together
from drafting.form.cells import Form
from drafting.kinds import kind_of
from drafting.kinds.kind import FileParts, Place
from drafting.ooxml.blocks import blocks_of, parts_of
from drafting.ooxml.elements import unseen
from drafting.ooxml.labels import Labels
from drafting.ooxml.spots import Spot, cover_spots, said_in, write_all
from drafting.word.guard import SAVE_AS, UnreadableError, inspect
from drafting.word.pages import save
from knowledge.call.definition import Call
from knowledge.files.bounded import Limits, LostError, bounded
from knowledge.files.characters import fit

WRITING: Final = Limits(written=64 * 1024 * 1024)


@dataclass(frozen=True)
class Layout:
    """Every place of a form's file, and the labels that it doesn't have."""

    call: Call
    cover: dict[str, Spot]
    places: tuple[Place, ...]
    missing: tuple[str, ...]

    def read(self) -> Form:
        """What stands in the places."""
        told = together(place.read() for place in self.places)
        return Form(cover=said_in(self.cover), missing=self.missing, **told)

    def write(self, form: Form) -> None:
        """Put the form's values in their places."""
        write_all(self.cover, form.cover)
        for place in self.places:
            place.write(form, self.call)


def layout_of(body: Any, call: Call) -> Layout:
    """The places of the form in a document's body."""
    labels = Labels(call)
    parts = parts_of(list(blocks_of(body)), labels)
    found, cover = FileParts(labels, parts), cover_spots(parts[""], labels)
    places = tuple(filter(None, (kind_of(section).place(section, found) for section in call.sections)))
    names = {name for place in places for name in place.names}
    lost = [one for section in call.sections for one in kind_of(section).unplaced(section, names, cover.keys(), call)]
    lost += [f"{section.number}、{section.title}" for section in call.sections if section.id not in parts]
    return Layout(call, cover, places, tuple(lost))


def read(path: Path, call: Call) -> Form:
    """The form in a Word file; UnreadableError says in Chinese why there is none."""
    inspect(path)
    try:
        body = Document(str(path)).element.body
        return replace(layout_of(body, call).read(), unseen=unseen(body))
    except UnreadableError:
        raise
    except Exception as error:  # a parser can fail in any way on a stranger's file
        raise UnreadableError("文件已损坏或不是标准的Word文档，请用Word或WPS打开后另存为.docx再上传。") from error


@dataclass(frozen=True)
class Filled:
    """What became of a filling: `missing` names the labels that the blank form doesn't have."""

    path: Path
    missing: tuple[str, ...] = ()


def fill(form: Form, call: Call, blank: Path, out: Path) -> Filled:
    """Write the form's values into a copy of the blank file; `out` appears whole or not at all."""
    document = Document(str(blank))
    layout = layout_of(document.element.body, call)
    layout.write(form)
    _write_properties(document, form, call)
    save(document, out)
    return Filled(out, layout.missing)


def fill_within(form: Form, call: Call, blank: Path, out: Path) -> tuple[str, ...]:
    """Fill anybody's blank file in a process of its own; the labels it doesn't have.

    UnreadableError says in Chinese why the blank is no use, OSError why `out` can't be written.
    """
    inspect(blank)
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


def _write_properties(document: Opened, form: Form, call: Call) -> None:
    properties = document.core_properties
    project = next((form.cover[key] for key in call.cover if form.cover.get(key)), "")
    properties.title = f"{call.call.form_title}（{fit(project)}）" if project else call.call.form_title
    properties.author = properties.last_modified_by = properties.comments = ""
