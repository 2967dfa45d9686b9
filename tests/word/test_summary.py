"""A bureau ranks its applications: the notice's table in its own words, and what may not be in it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from drafting.application.exchange import to_facts
from drafting.application.whole_form import form_of
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.papers.summary import Applied, Signed, objections, rows
from drafting.word.form_file import fill
from drafting.word.summary import write_summary
from knowledge.call.definition import Call, Recommender, Summary
from tests.commands import shenbao
from tests.conftest import YUNXI
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

CALL = PACKS["shipped"].call


def table_of(call: Call) -> Summary:
    assert call.summary is not None
    return call.summary


def applied(number: int, call: Call = CALL, **fields: str) -> Applied:
    """A sound application that differs from the others in every name of its cover."""
    draft = example(call)
    own = {key: f"虚构第{number}号{draft.fields[key]}" for key in call.cover if key != "recommender"}
    return Applied(f"{number}.docx", draft.model_copy(update={"fields": {**draft.fields, **own, **fields}}))


def weights(found: list[Applied], call: Call = CALL, bureau: Recommender | None = None) -> list[tuple[str, str]]:
    return [(one.name, one.weight) for one in objections(found, bureau or call.recommenders[0], call)]


# ---------------------------------------------------------------- the rows
def test_a_row_an_application_in_the_order_given() -> None:
    found = rows([applied(3), applied(1), applied(2)], table_of(CALL), CALL)
    assert [row[0] for row in found] == ["1", "2", "3"]
    assert [row[2] for row in found] == ["虚构第3号虚构项目名称", "虚构第1号虚构项目名称", "虚构第2号虚构项目名称"]
    assert found[0][4] == "虚构1号大学、虚构2号大学"


def test_the_lead_is_no_participant_even_if_the_file_says_so() -> None:
    one = applied(1)
    lead = one.draft.fields["lead_name"]
    twice = one.draft.model_copy(update={"members": (one.draft.members[0].model_copy(update={"name": lead}),)})
    assert rows([replace(one, draft=twice)], table_of(CALL), CALL)[0][4] == ""


def test_another_call_has_other_columns() -> None:
    call = PACKS["invented"].call
    (row,) = rows([applied(1, call)], table_of(call), call)
    lead = applied(1, call).draft.fields["lead_name"]
    assert row == (
        "1",
        "虚构第1号虚构试点名称",
        f"{lead}、虚构1号大学、虚构2号大学、虚构3号大学",
        call.clusters[0].name,
    )


# ---------------------------------------------------------------- what may not be in it
def test_ten_may_be_recommended_and_the_eleventh_not() -> None:
    assert weights([applied(number) for number in range(1, 11)]) == []
    assert weights([applied(number) for number in range(1, 12)]) == [("11.docx", "never")]
    four = PACKS["invented"].call
    assert weights([applied(number, four) for number in range(1, 6)], four) == [("5.docx", "never")]


def test_an_application_to_another_city_is_kept_out() -> None:
    assert weights([applied(1, recommender=CALL.recommenders[1].name), applied(2)]) == [("1.docx", "never")]
    assert weights([applied(1)], bureau=CALL.recommenders[4]) == [("1.docx", "never")]


def test_what_can_not_be_read_is_kept_out_with_its_reason() -> None:
    assert weights([Applied("a.doc", reason="这是旧格式。")]) == [("a.doc", "never")]


def test_an_error_in_what_the_table_prints_is_refused_and_one_elsewhere_is_said() -> None:
    printed = Finding("lead_name_mismatch", "error", "封面/牵头单位", "不一致。")
    elsewhere = Finding("section_missing", "error", "四", "没有内容。")
    few = Finding("too_few_members", "error", "三/参与单位", "只有1家。")
    warned = Finding("section_too_short", "warning", "四", "偏短。")
    found = [replace(applied(number), findings=(one,)) for number, one in enumerate((printed, elsewhere, few, warned))]
    assert weights(found) == [("0.docx", "unless"), ("1.docx", "note"), ("2.docx", "unless")]


def test_one_application_given_twice_is_kept_out_and_a_shared_name_is_said() -> None:
    assert weights([applied(1), replace(applied(1), name="copy.docx")]) == [("copy.docx", "never")]
    lead = applied(1).draft.fields["lead_name"]
    assert weights([applied(1), applied(2, lead_name=lead)]) == [("2.docx", "note")]


# ---------------------------------------------------------------- the file
@pytest.mark.parametrize("name", PACKS)
def test_the_table_is_the_notices_in_its_own_words(name: str, tmp_path: Path) -> None:
    pack = PACKS[name]
    call, table = pack.call, table_of(pack.call)
    bureau = call.recommenders[1]
    found = [applied(number, call) for number in (1, 2)]
    write_summary(table, rows(found, table, call), Signed(bureau, "甄样例", "000-0000"), tmp_path / "a.docx")
    document = Document(str(tmp_path / "a.docx"))
    said = [one.text for one in document.paragraphs]
    assert said == [
        table.attachment,
        table.title.replace(table.city, bureau.city),
        f"{table.seal}{bureau.name}\t{table.contact}甄样例\t{table.phone}000-0000",
        table.note,
    ]
    made = document.tables[0]
    assert [cell.text for cell in made.rows[0].cells] == [one.label for one in table.columns]
    assert [row.cells[0].text for row in made.rows[1:]] == ["1", "2"]
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width and section.page_height and section.page_width > section.page_height


def written(folder: Path, call: Call, *found: Applied) -> list[str]:
    """The applications as JSON files."""
    names = []
    for number, one in enumerate(found, 1):
        (folder / f"{number}.json").write_text(json.dumps(to_facts(one.draft, call), ensure_ascii=False), "utf-8")
        names.append(f"{number}.json")
    return names


def test_a_clerk_makes_the_table(tmp_path: Path) -> None:
    names = written(tmp_path, CALL, applied(1), applied(2))
    fill(form_of(applied(3).draft, CALL), CALL, PACKS["shipped"].blank_form, tmp_path / "3.docx")
    city = CALL.recommenders[0]
    for said in (city.code, city.city, city.name):
        done = shenbao("summary", "3.docx", *names, "--bureau", said, "--out", "t.docx", data=tmp_path)
        assert (done.returncode, done.stderr, done.stdout) == (0, "", "t.docx\n")
    ranked = [row.cells[2].text for row in Document(str(tmp_path / "t.docx")).tables[0].rows[1:]]
    assert ranked == ["虚构第3号虚构项目名称", "虚构第1号虚构项目名称", "虚构第2号虚构项目名称"]


def test_a_refusal_names_the_files_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    names = written(tmp_path, CALL, applied(1), applied(2, lead_name="样例装备"))
    city = CALL.recommenders[0].city
    done = shenbao("summary", *names, "b.doc", "--bureau", city, "--out", "t.docx", data=tmp_path)
    assert (done.returncode, (tmp_path / "t.docx").exists()) == (2, False)
    assert "2.json：" in done.stderr
    assert "b.doc：" in done.stderr
    assert "1.json" not in done.stderr
    short = shenbao("summary", *names, "--bureau", city, "--out", "t.docx", data=tmp_path)
    assert (short.returncode, "--with-errors" in short.stderr) == (2, True)
    insisted = shenbao("summary", *names, "--bureau", city, "--out", "t.docx", "--with-errors", data=tmp_path)
    assert (insisted.returncode, "2.json：" in insisted.stderr) == (0, True)
    assert len(Document(str(tmp_path / "t.docx")).tables[0].rows) == 3
    assert shenbao("summary", *names, "--bureau", "火星市", "--out", "t.docx", data=tmp_path).returncode == 2


def test_another_calls_table_needs_no_other_code(tmp_path: Path) -> None:
    call = PACKS["invented"].call
    names = written(tmp_path, call, applied(1, call))
    city, more = call.recommenders[0].city, {"SHENBAO_CALL": str(YUNXI), "SHENBAO_TODAY": "2030-12-20"}
    done = shenbao("summary", *names, "--bureau", city, "--out", "t.docx", data=tmp_path, **more)
    assert (done.returncode, done.stderr) == (0, "")
    assert city in Document(str(tmp_path / "t.docx")).paragraphs[1].text


def test_nothing_said_makes_a_row_of_nothing() -> None:
    assert rows([Applied("a.json", Draft())], table_of(CALL), CALL) == (("1", "", "", "", ""),)
