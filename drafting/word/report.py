"""A report on checked applications as a Word file: A4 sideways, a table a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from drafting.form.problem import Finding
from drafting.papers.report import SEVERITIES, Checked, Report, counted, phrase, weighed
from drafting.papers.scan import Common
from drafting.word.pages import grid, heading, write
from knowledge.call.definition import Call
from knowledge.files.official import FANG, HEI, TITLE, flagged, paragraph

TEXT: Final = (FANG, 12)
SMALL: Final = (FANG, 11)
HEADS: Final = (HEI, 11)
FINDINGS: Final = {"序号": 2, "位置": 5, "问题": 11, "写的是": 8, "通知和表上的原文": 11, "怎么改": 7}
SHARED: Final = {"序号": 2, "位置": 5, "问题": 22, "怎么改": 9}
REMINDER: Final = "本报告由程序按通知逐条核对，供审核时参考，不代替审核。公章、纸质件与电子版是否一致，请人工核对。"


def write_report(report: Report, out: Path) -> None:
    """Write the report; `out` appears whole or not at all."""
    write("申报书检查报告", _content(report), out)


def _content(report: Report) -> Iterator[Any]:
    yield paragraph("申报书检查报告", TITLE, "center")
    day = f"{report.day.year}年{report.day.month}月{report.day.day}日"
    yield paragraph(f"{report.call.call.form_title}　检查日期：{day}　共{len(report.files)}份", TEXT, "center", line=28)
    for place, checked in enumerate(report.files, 1):
        yield from _file(place, checked, report.call)
    if len(report.files) > 1:
        yield heading("各份对照", 34)
        yield (
            _grid(SHARED, _shared_rows(report.shared)) if report.shared else paragraph("没有发现相同或相近之处。", TEXT)
        )
    yield paragraph("", SMALL, line=12)
    yield paragraph(REMINDER, SMALL, line=18)


def _file(place: int, checked: Checked, call: Call) -> Iterator[Any]:
    title = f"{place}. {checked.name}：{counted(checked.reviewed)}"
    yield heading(title, 34)
    findings = weighed(checked.reviewed.findings)
    if findings:
        yield _grid(FINDINGS, _finding_rows(findings, call))
    yield from (paragraph(note, SMALL, line=18) for note in checked.reviewed.notes)


def _finding_rows(findings: Sequence[Finding], call: Call) -> Iterator[tuple[str, ...]]:
    said = ""
    for place, one in enumerate(findings, 1):
        if one.severity != said:
            said = one.severity
            yield (f"{SEVERITIES[said]}（{sum(other.severity == said for other in findings)}处）",)
        yield str(place), one.where, one.message, phrase(one, call), one.rule, one.mend


def _shared_rows(shared: Sequence[Common]) -> Iterator[tuple[str, ...]]:
    yield from ((str(place), one.where, one.message, one.mend) for place, one in enumerate(shared, 1))


def _grid(columns: dict[str, int], rows: Iterable[tuple[str, ...]]) -> Any:
    """A table; a row of one text is a heading over all columns."""
    heads = [_text(name, HEADS, "center") for name in columns]
    return grid(tuple(columns.values()), heads, map(_row, rows), (480, 440))


def _row(texts: tuple[str, ...]) -> list[Any]:
    if len(texts) == 1:
        return [flagged(_text(texts[0], HEADS), "keepNext")]
    first, *rest = (text or "—" for text in texts)
    return [_text(first, SMALL, "center"), *(_text(text, SMALL) for text in rest)]


def _text(text: str, font: tuple[str, int], side: str = "left") -> Any:
    return paragraph(text, font, side, line=16)
