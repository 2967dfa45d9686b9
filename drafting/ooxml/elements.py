"""WordprocessingML: every look at and change to the XML of a Word file goes through here."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Final

from drafting.form.cells import FAINT, HIDDEN
from knowledge.files.characters import fit

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
P, R, T, TBL, TR, TC = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl", f"{W}tr", f"{W}tc"
WRAPPERS: Final = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink")
)
SEEN: Final = WRAPPERS | {R, f"{MC}AlternateContent", f"{MC}Choice"}
# What the symbol fonts show for a private character: ticks, crosses and boxes that people insert as symbols.
SYMBOLS: Final = {
    ("wingdings", "F0FC"): "✓",
    ("wingdings", "F0FB"): "✗",
    ("wingdings", "F0FE"): "☑",
    ("wingdings", "F0FD"): "☒",
    ("wingdings", "F0A8"): "☐",
    ("wingdings 2", "F050"): "✓",
    ("wingdings 2", "F04F"): "✗",
    ("wingdings 2", "F052"): "☑",
    ("wingdings 2", "F053"): "☒",
    ("wingdings 2", "F0A3"): "☐",
    ("symbol", "F0D6"): "√",
    ("symbol", "F0B4"): "×",
}


# ---------------------------------------------------------------- looking
def children(parent: Any, *tags: str) -> Iterator[Any]:
    """The child elements with these tags in order, those inside content controls and accepted insertions too."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, *tags)


def paragraphs(parent: Any) -> list[Any]:
    """All paragraphs under an element, nested tables' too, each once."""
    return [one for one in parent.iter(P) if not _in_fallback(one, parent)]


def _in_fallback(element: Any, top: Any) -> bool:
    up = element.getparent()
    while up is not None and up is not top:
        if up.tag == f"{MC}Fallback":
            return True
        up = up.getparent()
    return False


def text_of(paragraph: Any) -> str:
    """The text of a paragraph as a reader sees it: breaks as newlines, symbols as characters, deletions and hidden
    text left out."""
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == T:
            yield child.text or ""
        elif tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif tag == f"{W}tab":
            yield "\t"
        elif tag == f"{W}sym":
            yield SYMBOLS.get(((child.get(f"{W}font") or "").lower(), (child.get(f"{W}char") or "").upper()), "")
        elif tag == f"{W}sdt":
            yield from _control(child)
        elif tag in SEEN and not hidden(child):
            yield from _pieces(child)


def hidden(run: Any) -> bool:
    """Whether a run is set as hidden text, which Word neither shows nor prints."""
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _control(control: Any) -> Iterator[str]:
    """A check box says whether it is ticked, whatever signs it is drawn with."""
    box = control.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
    if box is None:
        yield from _pieces(control)
    else:
        yield "☑" if box.get(f"{W14}val") in ("1", "true", "on") else "☐"


def cell_text(cell: Any) -> str:
    """The text of a cell, a line a paragraph, without blank lines at its ends."""
    return "\n".join(text_of(one) for one in paragraphs(cell)).strip("\n\r\t \u3000")


def cells_of(row: Any) -> list[Any]:
    """The cells of a table row, each once, merged or not."""
    return list(children(row, TC))


# ---------------------------------------------------------------- changing
def _properties(paragraph: Any) -> Any:
    """The run properties new text takes: those of the first run with text, of any run, of the paragraph's mark."""
    runs = [run for run in paragraph.iter(R) if run.find(f"{W}rPr") is not None]
    for run in sorted(runs, key=lambda run: run.find(T) is None):
        return run.find(f"{W}rPr")
    return paragraph.find(f"{W}pPr/{W}rPr")


def _run(text: str, properties: Any, beside: Any) -> Any:
    """A run made the way the elements `beside` it are."""
    run = beside.makeelement(R)
    if properties is not None:
        kept = copy.deepcopy(properties)
        kept.tag = f"{W}rPr"
        run.append(kept)
    for position, line in enumerate(text.split("\n")):
        if position:
            run.append(beside.makeelement(f"{W}br"))
        piece = beside.makeelement(T)
        piece.text = fit(line)
        piece.set(XML_SPACE, "preserve")
        run.append(piece)
    return run


def set_text(paragraph: Any, text: str, properties: Any = None) -> None:
    """Replace what a paragraph says, its own run and paragraph formatting kept."""
    kept = properties if properties is not None else _properties(paragraph)
    run = _run(text, kept, paragraph)
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    if text:
        paragraph.append(run)


def set_cell(cell: Any, text: str) -> None:
    """Replace what a cell says, a paragraph a line, in the formatting of its first paragraph."""
    own = list(children(cell, P))
    first, *rest = own
    for other in rest:
        other.getparent().remove(other)
    lines = text.split("\n")
    set_text(first, lines[0])
    put_after(first, lines[1:], first)


def put_after(place: Any, lines: list[str], model: Any) -> None:
    """New paragraphs after a place, formatted like the model."""
    properties = _properties(model)
    for line in lines:
        made = copy.deepcopy(model)
        set_text(made, line, properties)
        place.addnext(made)
        place = made


def set_after(paragraph: Any, keep: int, text: str) -> None:
    """Replace what stands after the first `keep` characters of a paragraph, in the formatting of what stood there."""
    texts = [piece for run in paragraph.iter(R) for piece in run.iter(T)]
    seen = 0
    last = None
    for piece in texts:
        content = piece.text or ""
        if seen + len(content) <= keep:
            seen, last = seen + len(content), piece
            continue
        piece.text = content[: max(0, keep - seen)]
        piece.set(XML_SPACE, "preserve")
        seen, last = seen + len(content), piece
    source = last.getparent() if last is not None else None
    run = _run(text, source.find(f"{W}rPr") if source is not None else _properties(paragraph), paragraph)
    if source is None or source.getparent() is not paragraph:
        paragraph.append(run)
    else:
        source.addnext(run)
    for emptied in [piece.getparent() for piece in texts if not piece.text and len(piece.getparent()) <= 2]:
        if emptied.getparent() is not None:
            emptied.getparent().remove(emptied)


def copy_row(row: Any) -> Any:
    """A copy of a table row put after it."""
    made = copy.deepcopy(row)
    row.addnext(made)
    return made


def remove(element: Any) -> None:
    """Take an element out of the document."""
    element.getparent().remove(element)


# ---------------------------------------------------------------- what a reader doesn't see
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
    marks = (one for up in (run, *run.iterancestors()) for one in up.iterfind(f"{W}{_holder(up)}/{W}shd"))
    dark = any(one.get(f"{W}fill", "").upper() not in PLAIN for one in marks)
    return dark or run.find(f"{W}rPr/{W}highlight") is not None


def _holder(element: Any) -> str:
    """The name of what holds an element's properties: rPr of r, tcPr of tc."""
    return f"{element.tag.rpartition('}')[2]}Pr"
