"""What people break over lines, or put on one, is read as if it stood where the form prints it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from drafting.application.whole_form import check, form_of
from drafting.form.cells import Form
from drafting.ooxml.elements import paragraphs, put_after, remove, set_text, text_of
from drafting.ooxml.labels import Labels, inline
from drafting.word.form_file import fill, read
from knowledge.call.pack import Pack
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS
from tests.word.variants import variant

EVERY = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)


def reread(pack: Pack, folder: Path, change: Callable[[Any], None], *changes: str) -> Form:
    """The filled example, its file changed afterwards, read again."""
    blank = variant(pack.blank_form, folder / "blank.docx", pack.call, *changes)
    out = fill(form_of(example(pack.call), pack.call), pack.call, blank, folder / "filled.docx").path
    document = Document(str(out))
    change(document.element.body)
    document.save(str(out))
    return read(out, pack.call)


@EVERY
@pytest.mark.parametrize("joint", ["\n", ""])
def test_promise_and_signature_in_one_paragraph(pack: Pack, joint: str, tmp_path: Path) -> None:
    section = pack.call.of_kind("commitment")
    assert section is not None
    signature = "承诺单位（盖章）：虚构单位", "承诺时间：2031年3月5日"

    def join(body: Any) -> None:
        ends = [one for one in paragraphs(body) if text_of(one) == section.statements[-1]]
        set_text(ends[0], joint.join((section.statements[-1], *signature)))

    form = reread(pack, tmp_path, join)
    assert form.promise is not None
    assert (form.promise.unit, form.promise.date) == ("虚构单位", "2031年3月5日")
    assert "commitment_altered" not in {one.code for one in check(form, pack.call)}


@EVERY
@pytest.mark.parametrize("at", [0, 4])
def test_a_cover_value_below_its_label_or_broken_over_two_lines(pack: Pack, at: int, tmp_path: Path) -> None:
    call = pack.call
    labels = Labels(call).cover

    def lower(body: Any) -> None:
        for one in paragraphs(body):
            said = text_of(one)
            ends = [end for label in labels if (end := inline(said, label.text)) and len(said.strip()) > end]
            if ends and one.getparent() is body:
                value = said[ends[0] :].strip()
                put_after(one, [f"　　　　{value[at:]}"], one)
                set_text(one, said[: ends[0]] + value[:at])

    form = reread(pack, tmp_path, lower, "cover_as_lines")
    assert form.cover == form_of(example(call), call).cover


@EVERY
def test_an_empty_cover_takes_no_other_line_for_its_value(pack: Pack, tmp_path: Path) -> None:
    blank = variant(pack.blank_form, tmp_path / "blank.docx", pack.call, "cover_as_lines")
    document = Document(str(blank))
    lines = [one for one in paragraphs(document.element.body) if text_of(one).strip().startswith("推荐单位：")]
    put_after(lines[0], ["", "二〇三一年三月", "虚构省厅编制"], lines[0])
    remove(lines[0].getnext())
    document.save(str(blank))
    assert not any(read(blank, pack.call).cover.values())
