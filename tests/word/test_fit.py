"""Files we write hold what was said as text: no field, no mark that turns what stands beside it, nothing XML refuses."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from drafting.application.whole_form import form_of
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.papers.filing import Filing, Packed
from drafting.papers.report import Checked, Report, Reviewed
from drafting.papers.summary import Applied, Signed, rows
from drafting.word.filing import write_filing
from drafting.word.form_file import fill
from drafting.word.report import write_report
from drafting.word.summary import write_summary
from knowledge.call import pack
from knowledge.files.characters import fit
from tests.word.drafts import example

PACK = pack.load(pack.DEFAULT)
CALL = PACK.call
TRICKS = (
    '{ INCLUDETEXT "/etc/passwd" }', "{DDEAUTO c:\\\\windows\\\\cmd.exe}", "\x13INCLUDEPICTURE http://a.test\x15",
    '<w:fldSimple w:instr="DATE"/>', "=cmd|'/c calc'!A1", "甲\u202excod.exe", "\u2066甲\u2069", "甲\u200f乙\u061c", "\ud800",
    "\ufffe", "\x00",
)  # fmt: skip
SAID = "样例甲" + "，".join(TRICKS) + "（虚构）"
TURNING = tuple("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def tricky() -> Draft:
    draft = example(CALL)
    fields = dict.fromkeys(("consortium_name", "project_name", "lead_name", "lead_profile"), SAID)
    texts = {key: (*lines, SAID) for key, lines in draft.texts.items()}
    members = tuple(one.model_copy(update={"name": SAID, "intro": SAID}) for one in draft.members)
    return draft.model_copy(update={"fields": {**draft.fields, **fields}, "texts": texts, "members": members})


def written(kind: str, out: Path) -> Path:
    """A file of a kind with tricks wherever something that was said stands."""
    draft = tricky()
    signed = Signed(CALL.recommenders[0], SAID, SAID)
    if kind == "form":
        return fill(form_of(draft, CALL), CALL, PACK.blank_form, out).path
    if kind == "report":
        found = Finding("bad_phone", "error", "一/联系人/电话", SAID, "", SAID)
        write_report(Report(CALL, date(2026, 4, 1), (Checked(SAID, Reviewed(True, (found,), {}, (SAID,))),)), out)
    if kind == "filing":
        packed = (Packed(SAID, draft),)
        write_filing(Filing(CALL, date(2026, 4, 1), signed, "00_汇总表.docx", packed, (SAID,)), out)
    if kind == "summary":
        assert CALL.summary
        write_summary(CALL.summary, rows([Applied("1", draft)], CALL.summary, CALL), signed, out)
    return out


@pytest.mark.parametrize("kind", ["form", "report", "filing", "summary"])
def test_what_was_said_is_text_in_every_file_and_turns_nothing(kind: str, tmp_path: Path) -> None:
    fields = {"form": PACK.blank_form, "report": None}.get(kind)
    with zipfile.ZipFile(written(kind, tmp_path / "out.docx")) as made:
        parts = {name: made.read(name) for name in made.namelist() if name.endswith((".xml", ".rels"))}
    body = parts["word/document.xml"].decode()
    assert "INCLUDETEXT" in body and not [one for one in TURNING if one in body]
    tree = etree.fromstring(parts["word/document.xml"])
    instructions = [one for one in tree.iter() if str(one.tag).endswith(("}instrText", "}fldSimple", "}hyperlink"))]
    assert instructions == [] or fields is None
    assert not [name for name, part in parts.items() if name.endswith(".rels") and b'TargetMode="External"' in part]
    assert not [one for one in TURNING for part in parts.values() if one.encode() in part]


@given(st.text())
def test_whatever_is_said_can_stand_in_a_file(text: str) -> None:
    kept = fit(text)
    node = etree.Element("t")
    node.text = kept
    assert fit(kept) == kept and not set(TURNING) & set(kept)
