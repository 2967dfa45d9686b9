"""Fill the issuer's own file: values go beside their labels, everything else stays as it was.

Rows printed for units that the application doesn't have (参与单位3, ……) are taken out once it names as many
participants as the call asks for; until then they stay, showing where to write. A prompt gives way to the text it
asked for. Seals, the date of the promise and the recommender's opinion are never written.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as Opened

from drafting.form.cells import Form
from drafting.word.guard import SAVE_AS, UnreadableError, inspect
from drafting.word.layout import layout_of
from drafting.word.pages import save
from knowledge.call.definition import Call
from knowledge.files.bounded import Limits, LostError, bounded
from knowledge.files.letters import fit

WRITING: Final = Limits(written=64 * 1024 * 1024)


@dataclass(frozen=True)
class Filled:
    """What became of a filling: `missing` names the labels that the blank form doesn't have."""

    path: Path
    missing: tuple[str, ...] = ()


def fill(form: Form, call: Call, blank: Path, out: Path) -> Filled:
    """Write the form's values into a copy of the blank file; `out` appears whole or not at all."""
    document = Document(str(blank))
    layout = layout_of(document.element.body, call)
    missing = layout.read().missing
    layout.write(form)
    _write_properties(document, form, call)
    save(document, out)
    return Filled(out, missing)


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
