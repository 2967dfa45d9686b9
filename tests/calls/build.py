"""Build the invented call's blank form from its data: python -m tests.calls.build writes yunxi_2031/form.docx.

It is laid out unlike the shipped form on purpose: the cover as lines, headings outside the tables, nothing merged,
prose and pledge as plain paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.document import Document as Doc

from drafting.form.draft import LEAD, PARTICIPANT
from knowledge.call.definition import Call, Section
from knowledge.call.pack import load
from knowledge.files.official import BODY, CELL, HEADING, TITLE, cell, flagged, page, paragraph, row, table

YUNXI = Path(__file__).parent / "yunxi_2031"
HEADS = {
    "members": ("单位", "单位概况", "分工（写明任务编号）"),
    "tasks": ("序号", "任务类别", "任务内容", "性质", "是否承担", "预期指标"),
    "clusters": ("序号", "产业类别", "主导品种"),
}
WIDTHS = {
    "members": (2400, 3200, 3200),
    "tasks": (600, 1400, 2900, 800, 1000, 2100),
    "fields": (1900, 1500, 2000, 1400, 2000),
    "clusters": (900, 3000, 4900),
}


def grid(name: str, rows: list[tuple[str, ...]]) -> Any:
    """A plain table; a row with fewer cells than columns lets its last cell run to the edge."""
    widths = WIDTHS[name]
    made = table(widths)
    for texts in rows:
        cells = [cell(width, paragraph(text, CELL)) for width, text in zip(widths, texts, strict=False)]
        rest = widths[len(texts) :]
        if rest:
            cells[-1] = cell(widths[len(texts) - 1] + sum(rest), paragraph(texts[-1], CELL), span=len(rest) + 1)
        made.append(row(*cells))
    return made


def members(_section: Section, _call: Call) -> Iterator[Any]:
    """The units."""
    participants = [(f"{PARTICIPANT}{number}", "", "") for number in (1, 2, 3)]
    yield grid("members", [HEADS["members"], (LEAD, "—", ""), *participants, ("……", "", "")])


def tasks(_section: Section, call: Call) -> Iterator[Any]:
    """The task table, a library named in its first row only."""
    rows: list[tuple[str, ...]] = [HEADS["tasks"]]
    seen = ""
    for task in call.tasks:
        library = "" if task.library == seen else task.library
        must = call.marks.required if task.required else call.marks.optional
        text = f"{'*' if task.starred else ''}{task.text}"
        rows.append((str(task.number), library, text, must, "", task.indicator or call.marks.none))
        seen = task.library
    yield grid("tasks", rows)
    yield paragraph("说明：承担的任务在“是否承担”栏填“是”，不承担的填“否”；不需要指标的填“—”。", CELL)


def fields(section: Section, _call: Call) -> Iterator[Any]:
    """Label and value; a group's fields two to a row, its name in front of the first."""
    rows: list[tuple[str, ...]] = []
    group, pending = "", ""
    for field in (one for one in section.fields if one.kind != "recommender"):
        if not field.group:
            rows.append((field.label, ""))
        elif pending:
            rows[-1] = (*rows[-1][:3], field.label, "")
            pending = ""
        else:
            rows.append((field.group if field.group != group else "", field.label, ""))
            pending = field.label
        group = field.group
    yield grid("fields", rows)


def prose(section: Section, _call: Call) -> Iterator[Any]:
    """The prompt and empty lines to write on."""
    yield paragraph(section.clause, BODY, first=2)
    yield from (paragraph("", BODY, first=2) for _ in range(3))


def pledge(section: Section, _call: Call) -> Iterator[Any]:
    """The statements and the lines to sign."""
    yield from (paragraph(line, BODY, first=2) for line in section.statements)
    yield paragraph("", BODY)
    yield paragraph("承诺单位（盖章）：", BODY)
    yield paragraph("承诺时间：    年  月  日", BODY)


MAKERS = {"members": members, "tasks": tasks, "fields": fields, "narrative": prose, "commitment": pledge}


def content(call: Call) -> Iterator[Any]:
    """Every element of the form in order."""
    yield paragraph("附件", HEADING)
    yield paragraph(call.call.form_title, TITLE, "center")
    yield from (paragraph(f"{call.field_by_id[one].cover}：", BODY) for one in call.cover)
    yield flagged(paragraph("填表说明", HEADING), "pageBreakBefore")
    rules = (call.clauses["lead_name"], call.clauses["recommender"], call.clauses["star"])
    yield from (paragraph(f"{number}.{text}", BODY) for number, text in enumerate(rules, 1))
    for section in call.sections:
        yield flagged(paragraph(f"{section.number}、{section.title}", HEADING), "keepNext")
        yield from MAKERS[section.kind](section, call)
    yield paragraph("附表 产业类别和主导品种", HEADING)
    yield grid(
        "clusters", [HEADS["clusters"], *((str(one.number), one.name, "、".join(one.chains)) for one in call.clusters)]
    )


def build(folder: Path = YUNXI) -> Doc:
    """The blank form as a document."""
    call = load(folder).call
    document = page(call.call.form_title)
    for made in content(call):
        document.element.body.insert_element_before(made, "w:sectPr")
    return document


if __name__ == "__main__":
    build().save(str(YUNXI / "form.docx"))
