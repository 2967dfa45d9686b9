"""A file checked: read, judged, and what it says as an application."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from drafting.cells import draft_of
from drafting.draft import to_facts
from drafting.problem import Finding
from drafting.rules import check
from drafting.word.guard import UnreadableError
from drafting.word.read import read
from knowledge.call import Call


@dataclass(frozen=True)
class Reviewed:
    """`reason` says in Chinese why a file can't be read, `notes` which cells; `application` is as to_facts gives it."""

    readable: bool
    findings: tuple[Finding, ...] = ()
    application: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    reason: str = ""

    def line(self, file: str) -> dict[str, Any]:
        """The JSON object that reports this file."""
        return {
            "file": file,
            "readable": self.readable,
            "findings": [asdict(one) for one in self.findings],
            "application": self.application,
        } | ({"reason": self.reason} if self.reason else {})


def review(path: Path, call: Call) -> Reviewed:
    """The findings in a Word application; a file that is none is not readable, with the reason."""
    try:
        form = read(path, call)
    except UnreadableError as error:
        return Reviewed(readable=False, reason=str(error))
    if not form.tasks and not form.fields and not any(form.texts.values()):
        return Reviewed(readable=False, reason="文件里找不到申报书的栏目，请上传按空白申报书填写的文件。")
    draft, notes = draft_of(form, call)
    return Reviewed(True, tuple(check(form, call)), to_facts(draft, call), notes)
