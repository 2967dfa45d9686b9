"""A file checked: read, judged, and what it says as an application."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from drafting.application.exchange import to_facts
from drafting.application.whole_form import check, draft_of
from drafting.form.problem import Finding
from drafting.papers.report import Reviewed
from drafting.word.form_file import read
from drafting.word.guard import SAVE_AS, UnreadableError, inspect
from knowledge.call.definition import Call
from knowledge.files.bounded import LostError, bounded_each

# What reading and judging a form loads: once here, not again in every child.
NEEDED: Final = ("cn2an", "drafting.form.reachable")
SLOW: Final = "文件太复杂，处理不了，请删去图片、嵌套表格和附件后再上传。"
BROKEN: Final = f"文件已损坏或不是标准的Word文档。{SAVE_AS}"


def review(path: Path, call: Call) -> Reviewed:
    """The findings in a Word application; a file that is none is not readable, with the reason."""
    return next(reviews([path], call))


def reviews(paths: Sequence[Path], call: Call) -> Iterator[Reviewed]:
    """The reviews of many files in order.

    Strangers' files are looked at first and then read in a process of their own, within bounds.
    """
    refused = [_refused(path) for path in paths]
    for name in NEEDED if None in refused else ():
        importlib.import_module(name)
    jobs = [(str(path.absolute()), call) for path, reason in zip(paths, refused, strict=True) if reason is None]
    read_ = bounded_each(told_of, jobs)
    for reason in refused:
        yield Reviewed(readable=False, reason=reason) if reason is not None else _reviewed(next(read_))


def _refused(path: Path) -> str | None:
    """Why a file is not opened at all, None when it may be."""
    try:
        inspect(path)
    except UnreadableError as error:
        return str(error)
    return None


def _reviewed(told: Any) -> Reviewed:
    if isinstance(told, LostError):
        return Reviewed(readable=False, reason=BROKEN if told.reason == "broken" else SLOW)
    findings = tuple(Finding(**one) for one in told["findings"])
    return Reviewed(**{**told, "findings": findings, "notes": tuple(told["notes"])})


def told_of(path: str, call: Call) -> dict[str, Any]:
    """What review tells of a file, read in this very process, as JSON has it."""
    return asdict(_judged(Path(path), call))


def _judged(path: Path, call: Call) -> Reviewed:
    try:
        form = read(path, call)
    except UnreadableError as error:
        return Reviewed(readable=False, reason=str(error))
    if not form.tasks and not form.fields and not any(form.texts.values()):
        return Reviewed(readable=False, reason="文件里找不到申报书的栏目，请上传按空白申报书填写的文件。")
    draft, notes = draft_of(form, call)
    return Reviewed(True, tuple(check(form, call)), to_facts(draft, call), notes)
