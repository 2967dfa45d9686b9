"""However a form is laid out, what is written beside its labels is read back from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafting.application.whole_form import draft_of, form_of
from drafting.word.form_file import fill, read
from knowledge.call.pack import Pack
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS
from tests.word.variants import VARIANTS, variant

MIXES = [(name,) for name in VARIANTS] + [
    ("arabic_numbers", "libraries_repeated", "task_table_torn", "blank_lines"),
    ("headings_outside", "bracketed_numbers", "cover_as_lines"),
    ("headings_outside", "in_one_frame"),
]


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@pytest.mark.parametrize("changes", MIXES, ids="+".join)
def test_a_form_laid_out_otherwise_is_filled_and_read_all_the_same(
    pack: Pack, changes: tuple[str, ...], tmp_path: Path
) -> None:
    call = pack.call
    blank = variant(pack.blank_form, tmp_path / "blank.docx", call, *changes)
    draft = example(call)
    filled = fill(form_of(draft, call), call, blank, tmp_path / "filled.docx")
    assert filled.missing == ()
    back, notes = draft_of(read(filled.path, call), call)
    assert notes == ()
    assert back == draft
