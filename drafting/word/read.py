"""Read a form's file back: every cell as it stands, judged by nobody yet."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from drafting.form.cells import Form, Promise, TaskRow, UnitRow
from drafting.ooxml.blocks import Line
from drafting.ooxml.elements import unseen
from drafting.ooxml.spots import Spot
from drafting.ooxml.unit_rows import UnitPlace, named
from drafting.word.guard import UnreadableError, inspect
from drafting.word.layout import Layout, TaskPlace, layout_of
from knowledge.call.definition import Call

SIGNED = re.compile(r"\n|(?=承诺(?:单位|时间)[^:：\n]{0,8}[:：])")
SEAL = re.compile(r"盖\s*章|公\s*章|签\s*章|承诺单位|承诺时间|日\s*期")
UNIT = re.compile(r"(?:盖章|公章|签章)?[)）]?\s*[:：]\s*(.*?)\s*(?=承诺时间|时间|日期|$)")
NUMERAL = r"[\d〇零一二三四五六七八九十]"
DATE = re.compile(rf"{NUMERAL}{{2,4}}\s*[年./-]\s*{NUMERAL}{{1,3}}\s*[月./-]\s*{NUMERAL}{{1,3}}\s*日?")
EMPTY_DATE = re.compile(r"[\s\u3000]*年[\s\u3000]*月[\s\u3000]*日")


def read(path: Path, call: Call) -> Form:
    """The form in a Word file; UnreadableError says in Chinese why there is none."""
    inspect(path)
    try:
        from docx import Document  # noqa: PLC0415  kept out of programs that read no Word file

        body = Document(str(path)).element.body
        return replace(form_in(layout_of(body, call)), unseen=unseen(body))
    except UnreadableError:
        raise
    except Exception as error:  # a parser can fail in any way on a stranger's file
        raise UnreadableError("文件已损坏或不是标准的Word文档，请用Word或WPS打开后另存为.docx再上传。") from error


def form_in(layout: Layout) -> Form:
    """What stands in the places of a layout."""
    return Form(
        cover={key: spot.text for key, spot in layout.cover.items()},
        fields={key: spot.text for key, spot in layout.fields.items()},
        tasks=tuple(_task(place) for place in layout.tasks),
        units=tuple(_unit(place) for place in layout.units),
        texts={key: prose.written for key, prose in layout.prose.items()},
        promise=_promise(layout.promise) if layout.promise is not None else None,
        opinion=_opinion(layout.opinion),
        missing=layout.missing,
    )


def _said(spot: Spot | None) -> str:
    return spot.text if spot else ""


def _task(place: TaskPlace) -> TaskRow:
    return TaskRow(
        task=place.task.number if place.task else 0,
        number=place.number,
        library=place.library,
        text=place.text,
        requirement=place.requirement,
        mark=_said(place.mark),
        target=_said(place.target),
    )


def _unit(place: UnitPlace) -> UnitRow:
    label, name = named(place.name.text)
    return UnitRow(label or place.label, name, _said(place.intro), _said(place.duty))


def _pieces(lines: list[Line]) -> list[str]:
    """The lines as they are seen: cut at soft breaks, and where a signature follows on the same line."""
    return [piece.strip(" \u3000\t") for line in lines for piece in SIGNED.split(line.text)]


def _promise(lines: list[Line]) -> Promise:
    texts = _pieces(lines)
    signed = next((position for position, text in enumerate(texts) if SEAL.search(text)), len(texts))
    below = "\n".join(texts[signed:])
    statements = tuple(filter(None, texts[:signed]))
    date = DATE.search(below)
    unit = next((found.group(1) for text in texts[signed:] if "章" in text and (found := UNIT.search(text))), "")
    return Promise(statements, EMPTY_DATE.sub("", unit).strip("_＿ \u3000"), date.group(0) if date else "")


def _opinion(lines: list[Line]) -> str:
    texts = _pieces(lines)
    signed = next((position for position, text in enumerate(texts) if SEAL.search(text)), len(texts))
    said = [re.sub(r"^意见\s*[:：]", "", text).strip() for text in texts[:signed]]
    return "\n".join(filter(None, said))
