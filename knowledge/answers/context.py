"""What a renderer works with: the reading, the call, the clauses, the day; and the values every sentence may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge.answers.answer import Status
from knowledge.answers.interpretation import Reading
from knowledge.call.clauses import Clauses
from knowledge.call.definition import Call, Task
from knowledge.call.pack import BLANK


@dataclass(frozen=True)
class Ask:
    """One question in its setting; `bureau` is the code of the bureau that is asked, empty when none is."""

    reading: Reading
    call: Call
    clauses: Clauses
    values: Mapping[str, str]
    today: date | None = None
    bureau: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks asked about: those named by number, else those named by what they are about."""
        numbers = self.reading.tasks or self.reading.named
        return tuple(self.call.task_by_number[number] for number in numbers)

    def holds(self, *names: str) -> bool:
        """True when the question holds one of the concepts."""
        return self.reading.any(*names)


@dataclass(frozen=True)
class Found:
    """What a renderer found: the variant of the sentence, its values, the clauses it stands on."""

    variant: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    quotes: tuple[str, ...] = ()
    status: Status | None = None


def day(value: date) -> str:
    """A day as the notice writes it."""
    return f"{value.year}年{value.month}月{value.day}日"


def month(value: date) -> str:
    """A month as the notice writes it."""
    return f"{value.year}年{value.month}月"


def listed(items: tuple[str, ...] | list[str]) -> str:
    """Things one after another, as a Chinese sentence lists them."""
    return "、".join(items)


def general(call: Call, whom: str) -> dict[str, str]:
    """The values that follow from the call alone; a key is missing where the call has no such thing."""
    by_kind: dict[str, list[str]] = {}
    for contact in call.contacts:
        by_kind.setdefault(contact.kind, []).append(contact.value)
    values = {kind: "；".join(found) if kind == "phone" else listed(found) for kind, found in by_kind.items()}
    if call.deadlines:
        values |= {"deadline": day(call.deadlines[0].day), "deadline_what": call.deadlines[0].what}
    return (
        values | _heading(call) | _rules(call) | _clauses(call) | _counts(call) | {"whom": whom or _whom(values, call)}
    )


def _whom(values: Mapping[str, str], call: Call) -> str:
    first = values.get("phone", "").split("；")[0]
    return values.get("office", call.call.issuer) + (f"（{first}）" if first else "")


def _heading(call: Call) -> dict[str, str]:
    head = call.call
    return {
        "title": head.title,
        "short_title": head.short_title,
        "issuer": head.issuer,
        "issuer_full": head.issuer_full,
        "issued": day(head.issued),
        "basis": head.basis,
        "region": head.region,
        "form_title": head.form_title,
        "summary_title": head.summary_title,
        "start": month(call.period.start),
        "end": month(call.period.end),
        "months": str(
            (call.period.end.year - call.period.start.year) * 12 + call.period.end.month - call.period.start.month + 1
        ),
    }


def _rules(call: Call) -> dict[str, str]:
    rules, marks = call.consortium, call.marks
    values = {
        "bodies": listed(rules.bodies),
        "lead_conditions": "、".join(rules.lead_conditions),
        "encouraged": listed(rules.encouraged_leads),
        "min_members": str(rules.min_members),
        "chosen": marks.chosen,
        "left": marks.left,
        "none": marks.none,
        "required": marks.required,
        "optional": marks.optional,
    }
    if rules.quota is not None:
        values["quota"] = str(rules.quota)
        values |= {
            "n_recommenders": str(len(call.recommenders)),
            "quota_total": str(rules.quota * len(call.recommenders)),
        }
    if rules.max_members is not None:
        values["max_members"] = str(rules.max_members)
    return values


def _clauses(call: Call) -> dict[str, str]:
    """Every clause that has a key, as `key_rule`, ready to stand inside a sentence."""
    return {f"{key}_rule": BLANK.sub("", text).rstrip("。") for key, text in call.clauses.items()}


def _counts(call: Call) -> dict[str, str]:
    cluster, chain = call.field_of_kind("cluster"), call.field_of_kind("chain")
    return {
        "cluster_word": cluster.label if cluster else "",
        "chain_word": chain.label if chain else "",
        "n_tasks": str(len(call.tasks)),
        "n_clusters": str(len(call.clusters)),
        "n_chains": str(len(call.cluster_of_chain)),
        "n_sections": str(len(call.sections)),
        "sections": "、".join(f"{section.number}、{section.title}" for section in call.sections),
        "libraries": listed(call.libraries),
    }
