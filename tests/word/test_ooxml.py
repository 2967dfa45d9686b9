"""Word's own ways to say a thing: content controls, symbols, tracked changes, soft breaks, a column of labels."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from drafting.application.whole_form import draft_of, form_of
from drafting.form.marks import read_mark
from drafting.ooxml.elements import TBL, TR, P, cell_text, cells_of, paragraphs, set_text, text_of
from drafting.word.form_file import fill, read
from knowledge.call.pack import Pack
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
TICKED = "<w:sdtPr><w14:checkbox><w14:checked w14:val='{}'/></w14:checkbox></w:sdtPr>"
BOX = f"<w:sdt>{TICKED}<w:sdtContent>{{}}</w:sdtContent></w:sdt>"


def said(inside: str) -> str:
    return text_of(parse_xml(f"<w:p {NAMES}>{inside}</w:p>"))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "chosen"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', True),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F053"/></w:r>', False),
        (BOX.format(1, run("☒")), True),
        (BOX.format(0, run("☐")), None),
        (f"<w:ins>{run('√')}</w:ins><w:del><w:r><w:delText>×</w:delText></w:r></w:del>", True),
        (f"<w:sdt><w:sdtContent>{run('×')}</w:sdtContent></w:sdt>", False),
    ],
)
def test_a_mark_is_what_a_reader_sees(inside: str, chosen: bool | None) -> None:
    assert read_mark(said(inside), PACKS["shipped"].call) is chosen


def test_a_soft_break_ends_a_line() -> None:
    assert said("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>") == "一\n二"


def with_label_column(body: Any) -> None:
    """A column of roles before the names, as some forms have it."""
    for table in body.iter(TBL):
        rows = [row for row in table.iter(TR) if len(cells_of(row)) == 3]
        if not any(cell_text(cells_of(row)[0]) == "牵头单位" for row in rows):
            continue
        for row in rows:
            first = cells_of(row)[0]
            label = copy.deepcopy(first)
            first.addprevious(label)
            named = "单位" in cell_text(cells_of(row)[2])
            text = "角色" if named else cell_text(label)
            set_text(next(label.iter(P)), text)
            if not named:
                set_text(next(first.iter(P)), "")


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_roles_may_have_a_column_of_their_own(pack: Pack, tmp_path: Path) -> None:
    document = Document(str(pack.blank_form))
    with_label_column(document.element.body)
    document.save(str(tmp_path / "blank.docx"))
    draft = example(pack.call)
    out = fill(form_of(draft, pack.call), pack.call, tmp_path / "blank.docx", tmp_path / "filled.docx").path
    assert draft_of(read(out, pack.call), pack.call)[0] == draft
    assert "牵头单位" in [text_of(one) for one in paragraphs(Document(str(out)).element.body)]


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_cells_inside_content_controls_are_found(pack: Pack, tmp_path: Path) -> None:
    document = Document(str(pack.blank_form))
    for row in list(document.element.body.iter(TR)):
        for cell in cells_of(row):
            control = parse_xml(f"<w:sdt {NAMES}><w:sdtPr/><w:sdtContent/></w:sdt>")
            cell.addprevious(control)
            control[-1].append(cell)
    document.save(str(tmp_path / "blank.docx"))
    draft = example(pack.call)
    out = fill(form_of(draft, pack.call), pack.call, tmp_path / "blank.docx", tmp_path / "filled.docx").path
    assert draft_of(read(out, pack.call), pack.call)[0] == draft
