"""What a report on applications says, before it is put on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from drafting.form.problem import Finding
from drafting.form.values import full_label
from drafting.papers.scan import Common
from knowledge.call.definition import Call

# Advice (应写“…”) and names of tasks are quoted too.
QUOTED = re.compile(r"(?:^|(?<!应)写|是|填了|占位符|单位|[，：])“([^”]+)”")
SEVERITIES = {"error": "须改", "warning": "请核"}


@dataclass(frozen=True)
class Reviewed:
    """`reason` says in Chinese why a file can't be read, `notes` what in one that can; `application` is as to_facts
    gives it.
    """

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


@dataclass(frozen=True)
class Checked:
    """One file with its review."""

    name: str
    reviewed: Reviewed


@dataclass(frozen=True)
class Report:
    """Everything a report tells: the call, the day, each file in order, what they share."""

    call: Call
    day: date
    files: tuple[Checked, ...]
    shared: tuple[Common, ...] = ()


def weighed(findings: Sequence[Finding]) -> list[Finding]:
    """What must be mended before what should be looked at, each in the form's order."""
    return sorted(findings, key=lambda one: one.severity != "error")


def counted(reviewed: Reviewed) -> str:
    """How a file stands, in a few words."""
    if not reviewed.readable:
        return f"没有读成。{reviewed.reason}"
    errors = sum(one.severity == "error" for one in reviewed.findings)
    return f"{errors}处须改，{len(reviewed.findings) - errors}处请核。" if reviewed.findings else "没有发现问题。"


def phrase(finding: Finding, call: Call) -> str:
    """What the file itself says, of all that a finding's message quotes; "" where it quotes nothing of the file."""
    found = dict.fromkeys(one for one in QUOTED.findall(finding.message) if one not in _printed(call))
    return "；".join(found)


def _printed(call: Call) -> set[str]:
    """The form's own words, which messages quote as well."""
    sections = {name for one in call.sections for name in (one.title, f"{one.number}、{one.title}")}
    aspects = {one.name for section in call.sections for one in section.aspects}
    return sections | aspects | {full_label(one) for one in call.field_by_id.values()} | {call.marks.none}
