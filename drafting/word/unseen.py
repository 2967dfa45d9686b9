"""Text that a reader of a Word file doesn't see although it stands there: hidden, white on white, tiny."""

from __future__ import annotations

from typing import Any, Final

from drafting.form.cells import FAINT, HIDDEN
from drafting.word.ooxml import R, T, W, hidden

WHITE: Final = ("FFFFFF", "FEFEFE")
PLAIN: Final = (*WHITE, "AUTO", "")
# In half points: nobody reads letters of two points.
TINY: Final = 4


def unseen(body: Any) -> tuple[str, ...]:
    """A note on each kind of text in the file that a reader doesn't see."""
    runs = [run for run in body.iter(R) if any((piece.text or "").strip() for piece in run.iter(T))]
    kinds = {HIDDEN if hidden(run) else FAINT if _faint(run) else "" for run in runs}
    return tuple(note for note in (HIDDEN, FAINT) if note in kinds)


def _faint(run: Any) -> bool:
    size = run.find(f"{W}rPr/{W}sz")
    said = size.get(f"{W}val", "") if size is not None else ""
    color = run.find(f"{W}rPr/{W}color")
    white = color is not None and color.get(f"{W}val", "").upper() in WHITE
    return (said.isdecimal() and int(said) <= TINY) or (white and not _on_colour(run))


def _on_colour(run: Any) -> bool:
    """Whether something darker than paper lies behind the text, as behind the head of a table."""
    marks = (one for up in (run, *run.iterancestors()) for one in up.iterfind(f"{W}{_properties(up)}/{W}shd"))
    dark = any(one.get(f"{W}fill", "").upper() not in PLAIN for one in marks)
    return dark or run.find(f"{W}rPr/{W}highlight") is not None


def _properties(element: Any) -> str:
    """The name of what holds an element's properties: rPr of r, tcPr of tc."""
    return f"{element.tag.rpartition('}')[2]}Pr"
