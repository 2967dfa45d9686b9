"""Filling: the issuer's own file with values in its places, and nothing else touched."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from drafting.application.whole_form import draft_of, form_of
from drafting.form.draft import Amount, Choice, Draft, Member, Part
from drafting.ooxml.blocks import blocks_of
from drafting.ooxml.elements import TR, W, cell_text, cells_of, paragraphs, text_of
from drafting.word.form_file import fill, read
from knowledge.call.pack import DEFAULT, SHIPPED
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

PACK = PACKS["shipped"]
CALL = PACK.call


def filled(draft: Draft, folder: Path) -> Path:
    return fill(form_of(draft, CALL), CALL, PACK.blank_form, folder / "filled.docx").path


def lines(path: Path) -> list[str]:
    return [text_of(one) for one in paragraphs(Document(str(path)).element.body)]


def test_the_lead_writes_marks_figures_and_duties_as_a_clerk_expects_them(tmp_path: Path) -> None:
    first = Choice(selected=True, targets=(Amount(value=600, unit="TB"), Amount(value=3000000, unit="张", note="图片")))
    left = Choice(selected=False)
    draft = example(CALL)
    draft = draft.model_copy(update={"tasks": {**draft.tasks, 1: first, 2: left, 5: left}})
    form = read(filled(draft, tmp_path), CALL)
    cells = {row.task: (row.mark, row.target) for row in form.tasks}
    assert cells[1] == ("√", "600TB；图片300万张")
    assert cells[2] == cells[5] == ("×", "/")
    assert cells[4] == ("√", "/")
    assert form.units[0].duty == "牵头单位，承担任务1、2、3：统筹推进"


def test_seal_date_and_opinion_stay_blank(tmp_path: Path) -> None:
    before, after = lines(PACK.blank_form), lines(filled(example(CALL), tmp_path))
    start, end = "七、牵头单位承诺书", "“1650”产业体系集群及产业链对照表"
    assert after[after.index(start) : after.index(end)] == before[before.index(start) : before.index(end)]


def test_no_sample_text_of_the_form_survives(tmp_path: Path) -> None:
    text = "\n".join(lines(filled(example(CALL), tmp_path)))
    for word in ("参与单位1", "参与单位3", "……", "（1000字左右）", "数据规模（单位"):
        assert word not in text


def test_an_unfinished_draft_keeps_the_rows_to_write_on(tmp_path: Path) -> None:
    draft = Draft(fields={"project_name": "虚构项目"}, members=(Member(name="虚构1号大学"),))
    text = lines(filled(draft, tmp_path))
    assert "参与单位2" in text
    assert "……" in text
    assert "参与单位1" not in text
    assert any("数据规模（单位" in line for line in text)


def test_more_participants_than_rows_get_rows_of_their_own(tmp_path: Path) -> None:
    names = [f"虚构{number}号研究院" for number in range(1, 9)]
    draft = example(CALL).model_copy(
        update={"members": tuple(Member(name=name, intro="样例", part=Part(tasks=(1,))) for name in names)}
    )
    back, _notes = draft_of(read(filled(draft, tmp_path), CALL), CALL)
    assert [member.name for member in back.members] == names


def test_what_is_written_has_the_cells_own_font(tmp_path: Path) -> None:
    body = Document(str(filled(example(CALL), tmp_path))).element.body
    for run in body.iter(f"{W}r"):
        fonts = run.find(f"{W}rPr/{W}rFonts")
        assert fonts is not None
        assert fonts.get(f"{W}eastAsia")
        assert not any("theme" in name.lower() for name in fonts.attrib)


def test_the_form_keeps_its_labels_its_order_and_its_merged_cells(tmp_path: Path) -> None:
    blank, full = (Document(str(path)).element.body for path in (PACK.blank_form, filled(example(CALL), tmp_path)))
    labels = [text_of(one).strip() for one in paragraphs(blank)]
    kept = {text_of(one).strip() for one in paragraphs(full)}
    given_way = ("单位1", "单位2", "单位3", "……", "单位：", "字左右", "牵头单位")
    assert [one for one in labels if one and one not in kept and not any(word in one for word in given_way)] == []
    assert len(list(blank.iter(f"{W}vMerge"))) == len(list(full.iter(f"{W}vMerge")))
    assert len(list(blank.iter(f"{W}tbl"))) == len(list(full.iter(f"{W}tbl")))


def test_the_file_says_what_it_is_and_not_who_made_it(tmp_path: Path) -> None:
    properties = Document(str(filled(example(CALL), tmp_path))).core_properties
    assert CALL.call.form_title in properties.title
    assert properties.author == properties.last_modified_by == ""


def test_nothing_is_left_behind_when_writing_fails(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        fill(form_of(example(CALL), CALL), CALL, PACK.blank_form, tmp_path / "nowhere" / "filled.docx")
    out = tmp_path / "taken"
    (out / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="taken"):
        fill(form_of(example(CALL), CALL), CALL, PACK.blank_form, out)
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]


def test_a_label_the_form_lacks_is_named(tmp_path: Path) -> None:
    document = Document(str(PACK.blank_form))
    for row in list(document.element.body.iter(TR)):
        if cell_text(cells_of(row)[0]) == "项目名称":
            row.getparent().remove(row)
    document.save(str(tmp_path / "cut.docx"))
    done = fill(form_of(example(CALL), CALL), CALL, tmp_path / "cut.docx", tmp_path / "out.docx")
    assert done.missing == ()  # the cover still has it
    assert read(tmp_path / "out.docx", CALL).cover["project_name"] == "虚构项目名称"


def test_the_script_rebuilds_the_blank_form() -> None:
    script = SHIPPED / "jiangsu_2026" / "build_form.py"
    spec = importlib.util.spec_from_file_location("build_form", script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rebuilt = [text_of(one) for one in paragraphs(module.build().element.body)]
    assert rebuilt == lines(PACK.blank_form)
    assert len(list(blocks_of(module.build().element.body))) > 100


def test_the_pure_modules_load_no_library_of_the_outside() -> None:
    code = (
        "import sys, drafting.form.cells, drafting.application.whole_form, drafting.form.values, drafting.rules\n"
        "print(sorted({'docx', 'lxml', 'phonenumbers', 'email_validator', 'cn2an'} & set(sys.modules)))"
    )
    folder = DEFAULT.parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder)
    assert done.stdout.strip() == "[]"
