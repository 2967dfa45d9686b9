"""The list that goes with a bureau's pack: who stamps what where, and where it goes by when, in the call's own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document

from drafting.papers.filing import BOX, Filing, Packed, rules, seals, sending
from drafting.papers.summary import Signed
from drafting.word.filing import write_filing
from knowledge.call.definition import Call
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS


def filing(call: Call, *notes: str) -> Filing:
    signed = Signed(call.recommenders[0])
    packed = tuple(Packed(f"0{number}_样例.docx", example(call)) for number in (1, 2))
    return Filing(call, date(2026, 4, 1), signed, "00_汇总表.docx", packed, notes)


@pytest.mark.parametrize("name", PACKS)
def test_the_lead_stamps_its_promise_and_the_recommender_its_opinion_and_the_table(name: str) -> None:
    call = PACKS[name].call
    heads, rows = seals(filing(call))
    lead = call.field_of_kind("lead")
    assert lead and len(rows) == 3 and all(len(row) == len(heads) for row in rows)
    promise, opinion = call.of_kind("commitment"), call.of_kind("opinion")
    said = example(call).fields[lead.id]
    assert rows[1][2] == (f"{BOX} {said}，“{promise.number}、{promise.title}”处" if promise else "")
    assert (f"{BOX} {call.recommenders[0].name}" in rows[1][3]) == (opinion is not None)
    assert call.recommenders[0].name in rows[0][3]


def test_a_call_without_table_lead_promise_or_opinion_has_no_boxes() -> None:
    call = PACKS["shipped"].call
    kept = tuple(one.model_copy(update={"fields": ()}) for one in call.sections if one.kind == "fields")
    parts = {name: getattr(call, name) for name in Call.model_fields}
    bare = Call(**{**parts, "sections": kept, "summary": None, "cover": ()})
    found = Filing(bare, date(2026, 4, 1), Signed(call.recommenders[0]), "t", (Packed("a", example(call)),))
    assert seals(found)[1] == (("", "t", "", ""), ("1", "a", "", ""))


@pytest.mark.parametrize("name", PACKS)
def test_where_it_goes_is_what_the_call_says(name: str) -> None:
    call = PACKS[name].call
    text = "\n".join(f"{what}{how}" for what, how in sending(call))
    assert all(one.value in text for one in call.contacts)
    assert all((one.what in text) == (one.binds != "applicant") for one in call.deadlines)
    assert set(rules(call)) <= set(call.clauses.values())


@pytest.mark.parametrize("name", PACKS)
def test_it_is_a_word_file(name: str, tmp_path: Path) -> None:
    write_filing(filing(PACKS[name].call, "1号：请核对。"), tmp_path / "a.docx")
    document = Document(str(tmp_path / "a.docx"))
    said = [one.text for one in document.paragraphs]
    assert said[0] == "报送清单" and "共2份申报书" in said[1] and said[-1] == "1. 1号：请核对。"
    assert len(document.tables) == 2
    write_filing(filing(PACKS[name].call), tmp_path / "b.docx")
    assert "三、报送前请留意" not in [one.text for one in Document(str(tmp_path / "b.docx")).paragraphs]
