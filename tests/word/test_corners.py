"""Corners of forms and files that people do send."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from drafting.application.whole_form import check, draft_of, form_of
from drafting.form.draft import Draft, Member
from drafting.form.problem import Problem
from drafting.form.values import check_field
from drafting.ooxml.elements import TBL, TR, P, cell_text, cells_of, paragraphs, set_text, text_of
from drafting.rules.participants import check_members
from drafting.word.form_file import fill, read
from drafting.word.guard import UnreadableError, inspect
from drafting.word.review import review
from tests.word.drafts import example
from tests.word.test_ooxml import NAMES, said
from tests.word.test_roundtrip import PACKS

PACK, YUNXI = PACKS["shipped"], PACKS["invented"]
CALL = PACK.call


def changed(out: Path, change: Callable[[Any], None], source: Path = PACK.blank_form) -> Path:
    document = Document(str(source))
    change(document.element.body)
    document.save(str(out))
    return out


def filled(blank: Path, out: Path) -> Path:
    return fill(form_of(example(CALL), CALL), CALL, blank, out).path


def line(body: Any, start: str) -> Any:
    return next(one for one in paragraphs(body) if text_of(one).startswith(start))


def test_target_and_mark_columns_may_change_places(tmp_path: Path) -> None:
    def swap(body: Any) -> None:
        for row in body.iter(TR):
            cells = cells_of(row)
            if len(cells) == 6:
                row.append(cells[4])

    blank = changed(tmp_path / "blank.docx", swap)
    back = draft_of(read(filled(blank, tmp_path / "filled.docx"), CALL), CALL)[0]
    assert back == example(CALL)


def test_a_row_whose_words_were_changed_is_known_by_its_number(tmp_path: Path) -> None:
    def reword(body: Any) -> None:
        set_text(line(body, "编制行业高质量数据集目录"), "编制本行业的数据集目录")

    form = read(filled(changed(tmp_path / "a.docx", reword), tmp_path / "b.docx"), CALL)
    assert [row.task for row in form.tasks] == list(range(1, 16))
    assert form.tasks[6].mark == "√"


def test_a_section_with_no_room_to_write_gets_its_text_after_the_heading(tmp_path: Path) -> None:
    def bare(body: Any) -> None:
        for table in list(body.iter(TBL)):
            rows = list(table.iter(TR))
            if cell_text(rows[0]).startswith("四、"):
                table.remove(rows[1])

    form = read(filled(changed(tmp_path / "a.docx", bare), tmp_path / "b.docx"), CALL)
    assert form.texts["foundation"] == example(CALL).texts["foundation"]


def test_text_typed_right_behind_the_prompt_is_read_without_it(tmp_path: Path) -> None:
    def typed(body: Any) -> None:
        prompt = line(body, "阐述项目模式创新性")
        set_text(prompt, f"　　{text_of(prompt)}  模式 创新：虚构模式。")

    form = read(changed(tmp_path / "a.docx", typed), CALL)
    assert form.texts["benefit"] == ("模式 创新：虚构模式。",)


def test_a_table_in_the_prose_is_read_line_by_line(tmp_path: Path) -> None:
    def budget(body: Any) -> None:
        row = "<w:tr>{}</w:tr>".format(
            "".join(f"<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>" for one in "甲乙")
        )
        line(body, "围绕项目任务").addnext(parse_xml(f"<w:tbl {NAMES}>{row}{row}</w:tbl>"))

    form = read(changed(tmp_path / "a.docx", budget), CALL)
    assert form.texts["plan"] == ("甲，乙", "甲，乙")


@pytest.mark.parametrize(
    ("written", "label", "name"),
    [
        ("参与单位1：虚构大学", "参与单位1", "虚构大学"),
        ("参与单位1（虚构大学）", "参与单位1", "虚构大学"),
        ("参与单位1\n虚构（甲）有限公司", "参与单位1", "虚构（甲）有限公司"),
        ("虚构（甲）有限公司", "", "虚构（甲）有限公司"),
    ],
)
def test_a_unit_may_be_named_beside_its_label(written: str, label: str, name: str, tmp_path: Path) -> None:
    path = changed(tmp_path / "a.docx", lambda body: set_text(line(body, "参与单位1"), written))
    unit = read(path, CALL).units[1]
    assert (unit.label, unit.name) == (label, name)


def test_what_word_repeats_for_old_programs_is_read_once() -> None:
    body = parse_xml(
        f'<w:body {NAMES} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:p><mc:AlternateContent>'
        "<mc:Choice><w:r><w:t>一</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>一</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p></w:body>"
    )
    assert [text_of(one) for one in paragraphs(body)] == ["一"]
    assert said("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r>") == "一\t二"


def test_a_value_on_a_ruled_line_takes_the_lines_place(tmp_path: Path) -> None:
    def ruled(body: Any) -> None:
        label = line(body, "试点名称")
        label.append(parse_xml(f"<w:r {NAMES}><w:rPr><w:u w:val='single'/></w:rPr><w:t>　　　　</w:t></w:r>"))

    blank = changed(tmp_path / "a.docx", ruled, YUNXI.blank_form)
    out = fill(form_of(example(YUNXI.call), YUNXI.call), YUNXI.call, blank, tmp_path / "b.docx").path
    written = line(Document(str(out)).element.body, "试点名称")
    assert text_of(written) == "试点名称：虚构试点名称"
    assert "w:u " in written.xml


def test_a_form_without_units_table_is_filled_as_far_as_it_goes(tmp_path: Path) -> None:
    def cut(body: Any) -> None:
        for table in list(body.iter(TBL)):
            if "参与单位1" in cell_text(table):
                body.remove(table)

    done = fill(form_of(example(CALL), CALL), CALL, changed(tmp_path / "a.docx", cut), tmp_path / "b.docx")
    assert done.missing == ("三、联合体基本情况及分工",)
    found = {(one.code, one.where) for one in review(done.path, CALL).findings}
    assert {("section_missing", "三"), ("too_few_members", "三/参与单位")} <= found


def test_a_call_may_set_a_most(tmp_path: Path) -> None:
    crowd = Draft(members=tuple(Member(name=f"虚构{number}号合作社") for number in range(8)))
    assert [one.code for one in check_members(crowd, YUNXI.call)] == ["too_many_members"]


def test_a_form_is_not_asked_for_fields_that_its_call_does_not_have() -> None:
    sections = tuple(
        one.model_copy(update={"fields": tuple(field for field in one.fields if field.kind in ("text", "person"))})
        for one in CALL.sections
    )
    small = CALL.model_copy(update={"sections": sections, "cover": ("project_name",)})
    for name in ("field_by_id", "cluster_of_chain"):
        small.__dict__.pop(name, None)
    draft = example(CALL)
    form = form_of(draft.model_copy(update={"fields": {"project_name": "虚构项目"}}), small)
    assert not {one.code for one in check(form, small)} & {
        "lead_not_full_name",
        "unknown_cluster",
        "recommender_abbreviated",
    }


def test_a_chain_named_as_cluster_is_told_where_it_belongs() -> None:
    problem = check_field(CALL.field_by_id["cluster"], "工业母机", Draft(), CALL)
    assert isinstance(problem, Problem)
    assert "高端装备" in problem.text


def test_files_that_can_not_be_opened_are_reported_not_raised(tmp_path: Path) -> None:
    missing = review(tmp_path / "nowhere.docx", CALL)
    assert not missing.readable
    assert missing.line("nowhere.docx")["reason"]
    (tmp_path / "old.docx").write_bytes(b"%PDF-1.7")
    assert "PDF" in review(tmp_path / "old.docx", CALL).reason


def test_a_macro_type_is_refused_even_without_macros(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    types = b'<Types><Default ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
    with pytest.raises(UnreadableError, match="宏"):
        inspect(path)


def test_a_locked_file_asks_for_the_password_to_be_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(UnreadableError, match="密码"):
        inspect(path)


def test_an_empty_cell_takes_the_formatting_of_its_paragraph_mark() -> None:
    one = parse_xml(f"<w:p {NAMES}><w:pPr><w:rPr><w:sz w:val='24'/></w:rPr></w:pPr></w:p>")
    set_text(one, "一\n二")
    assert one.tag == P
    assert text_of(one) == "一\n二"
    assert 'w:sz w:val="24"' in one.xml.split("</w:pPr>")[1]


def test_a_label_in_pieces_is_one_label(tmp_path: Path) -> None:
    def pieces(body: Any) -> None:
        label = line(body, "试点名称")
        for run in list(label)[1:]:
            label.remove(run)
        for text in ("试点", "名称", "：＿＿", "＿＿"):
            label.append(parse_xml(f"<w:r {NAMES}><w:t>{text}</w:t></w:r>"))

    blank = changed(tmp_path / "a.docx", pieces, YUNXI.blank_form)
    out = fill(form_of(example(YUNXI.call), YUNXI.call), YUNXI.call, blank, tmp_path / "b.docx").path
    assert text_of(line(Document(str(out)).element.body, "试点")) == "试点名称：虚构试点名称"


def test_a_heading_with_nothing_below_gets_its_text(tmp_path: Path) -> None:
    def bare(body: Any) -> None:
        place = line(body, "四、").getnext()
        while not text_of(place).startswith("五、"):
            place, gone = place.getnext(), place
            body.remove(gone)

    blank = changed(tmp_path / "a.docx", bare, YUNXI.blank_form)
    draft = example(YUNXI.call)
    out = fill(form_of(draft, YUNXI.call), YUNXI.call, blank, tmp_path / "b.docx").path
    assert read(out, YUNXI.call).texts["thinking"] == draft.texts["thinking"]


HEADINGS = [
    "四 已有工作基础",
    "第四部分 已有工作基础",
    "（四）已有工作基础（1000字左右）",
    "4、工作基础",
    "已有工作基础",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_may_be_written_in_many_ways(heading: str, tmp_path: Path) -> None:
    blank = changed(tmp_path / "a.docx", lambda body: set_text(line(body, "四、"), heading))
    form = read(filled(blank, tmp_path / "b.docx"), CALL)
    assert form.missing == ()
    assert form.texts["foundation"] == example(CALL).texts["foundation"]


def test_prose_may_have_headings_that_sound_like_the_forms_own(tmp_path: Path) -> None:
    lines = ("一、实施路径", "二、任务", "三、分工", "六、预期效益", "2.项目任务安排", "实施方案的保障")
    draft = example(CALL)
    draft = draft.model_copy(update={"texts": {**draft.texts, "plan": lines}})
    out = fill(form_of(draft, CALL), CALL, PACK.blank_form, tmp_path / "a.docx").path
    assert draft_of(read(out, CALL), CALL)[0] == draft
