"""What is written into a form is what is read back from it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafting.application.whole_form import draft_of, form_of
from drafting.form.draft import Draft
from drafting.word.form_file import fill, read
from knowledge.call.pack import DEFAULT, Pack, load
from tests.calls.build import YUNXI
from tests.word.drafts import drafts, example

PACKS = {"shipped": load(DEFAULT), "invented": load(YUNXI)}
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def through_word(draft: Draft, pack: Pack, blank: Path | None = None) -> Draft:
    """The draft after a way through a Word file."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "filled.docx"
        filled = fill(form_of(draft, pack.call), pack.call, blank or pack.blank_form, out)
        assert filled.missing == ()
        back, notes = draft_of(read(out, pack.call), pack.call)
        assert notes == ()
        return back


@pytest.mark.parametrize("name", PACKS)
@FEW
@given(data=st.data())
def test_any_application_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    pack = PACKS[name]
    draft = data.draw(drafts(pack.call))
    assert through_word(draft, pack) == draft


def text_of(path: Path) -> list[str]:
    return [text for one in Document(str(path)).element.body.iter() if (text := one.text) and one.tag.endswith("}t")]


@pytest.mark.parametrize("name", PACKS)
def test_filling_twice_changes_nothing(name: str, tmp_path: Path) -> None:
    pack = PACKS[name]
    form = form_of(example(pack.call), pack.call)
    once, twice = tmp_path / "once.docx", tmp_path / "twice.docx"
    fill(form, pack.call, pack.blank_form, once)
    fill(form, pack.call, once, twice)
    assert text_of(once) == text_of(twice)
    assert len(Document(str(once)).element.body) == len(Document(str(twice)).element.body)
