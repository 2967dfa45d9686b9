"""A bureau checks what it received: a folder at once, held against each other, with a report to hand on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from drafting.application.exchange import to_facts
from drafting.application.whole_form import form_of
from drafting.form.problem import Finding
from drafting.papers.report import Checked, Report, Reviewed, phrase
from drafting.word.form_file import fill
from drafting.word.report import REMINDER, write_report
from tests.commands import rows
from tests.core.test_commands import shenbao
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

PACK = PACKS["shipped"]
CALL = PACK.call


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """Two applications that are one but for a slip, and a file of the old kind."""
    folder = tmp_path / "收到的"
    folder.mkdir()
    draft = example(CALL)
    fill(form_of(draft, CALL), CALL, PACK.blank_form, folder / "甲.docx")
    facts = to_facts(draft, CALL) | {"contact_phone": "0510-80001", "consortium_name": "另一个虚构联合体"}
    (folder / "乙.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    (folder / "丙.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    for name in ("~$甲.docx", ".hidden.docx", "说明.txt"):
        (folder / name).write_text("no application", "utf-8")
    return folder


def test_a_folder_is_a_line_a_file(received: Path) -> None:
    told = shenbao("check", "--json", received.name, data=received.parent)
    lines = rows(told.stdout)
    assert (told.returncode, [line["file"] for line in lines]) == (
        1,
        [f"收到的/{name}" for name in ("丙.doc", "乙.json", "甲.docx")],
    )
    assert [line["readable"] for line in lines] == [False, True, True]


def test_the_scan_is_one_more_line_and_only_when_asked(received: Path) -> None:
    told = shenbao("check", "--json", "--scan", received.name, data=received.parent)
    *lines, last = rows(told.stdout)
    assert len(lines) == 3
    assert [list(line) for line in (last,)] == [["scan"]]
    codes = {(one["code"], one["where"], one["overlap"]) for one in last["scan"]}  # type: ignore[attr-defined]
    assert {("same_lead", "一/牵头单位名称", 0), ("same_name", "一/项目名称", 0), ("same_text", "五", 100)} <= codes
    alone = shenbao("check", "--json", "--scan", "收到的/甲.docx", data=received.parent)
    assert rows(alone.stdout)[1:] == [{"scan": []}]


def test_people_read_the_comparison_below_the_files(received: Path) -> None:
    told = shenbao("check", received.name, data=received.parent).stdout
    assert told.index("甲.docx：") < told.index("各份对照：")
    assert "甲.docx的“实施方案”与乙.json重合100%。" in told
    assert "各份对照" not in shenbao("check", "收到的/甲.docx", data=received.parent).stdout


def test_an_empty_folder_and_a_report_nobody_can_write_are_one_line(received: Path) -> None:
    (received.parent / "空").mkdir()
    empty = shenbao("check", "空", data=received.parent)
    assert (empty.returncode, "没有申报书" in empty.stderr) == (2, True)
    (received.parent / "x").write_text("a file", "utf-8")
    told = shenbao("check", received.name, "--report", "x/报告.docx", data=received.parent)
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)


def test_the_report_holds_every_finding_by_weight(received: Path) -> None:
    shenbao("check", received.name, "--report", "报告.docx", data=received.parent)
    document = Document(str(received.parent / "报告.docx"))
    said = [one.text for one in document.paragraphs]
    assert "2026年3月28日　共3份" in said[1]
    assert said[2].startswith("1. 丙.doc：没有读成。这是旧格式")
    assert said[-1] == REMINDER
    table = document.tables[0]
    first = [[cell.text for cell in row.cells] for row in table.rows][1:3]
    assert first[0][0] == "须改（1处）"
    assert first[1][:4] == [
        "1",
        "一/联系人/电话",
        "“0510-80001”不是有效的电话号码，请填11位手机号或带区号的座机。",
        "0510-80001",
    ]
    assert first[1][5] == "改成11位手机号或带区号的座机。"
    shared = [row.cells[1].text for row in document.tables[-1].rows[1:]]
    assert shared[-3:] == ["四", "五", "六"]


def test_errors_come_before_warnings_in_a_report(tmp_path: Path) -> None:
    findings = (Finding("section_too_short", "warning", "四", "偏短。"), Finding("zero_target", "error", "五", "是0。"))
    report = Report(CALL, date(2026, 3, 28), (Checked("甲.docx", Reviewed(True, findings)),))
    write_report(report, tmp_path / "a.docx")
    (table,) = Document(str(tmp_path / "a.docx")).tables
    assert [row.cells[0].text for row in table.rows] == ["序号", "须改（1处）", "1", "请核（1处）", "2"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("封面写“甲联合体”，正文写“乙联合体”，不一致。", "甲联合体；乙联合体"),
        ("“无锡市工信局”不是全称，应写“无锡市工业和信息化局”。", "无锡市工信局"),
        ("“实施方案”没有写到“项目概算”。", ""),
        ("任务7“数据集目录”是必选任务，不能打“×”。", ""),
        ("任务12选取栏是“否”，任务目标却填了“3个”；不承担的写“/”。", "否；3个"),
        ("留有占位符“营业收入XX万元”。", "营业收入XX万元"),
        ("参与单位“虚构大学”没有写单位简介。", "虚构大学"),
    ],
)
def test_the_phrase_is_what_the_file_says(message: str, said: str) -> None:
    assert phrase(Finding("code", "error", "一", message), CALL) == said
