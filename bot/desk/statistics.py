"""What a desk did in some days, in numbers: as a message, as a picture, as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from bot.desk.bureau.life import Figures
from bot.desk.case import Action, Case, action
from bot.desk.counting import DAYS, FEWEST, Numbers, Tallies, Tally
from bot.desk.draft_stages import STAGES
from bot.desk.entries.spreadsheet import escaped
from bot.hearing.cities import office_name
from bot.turn.card import HEAD, Card
from bot.turn.effects import Give
from bot.turn.events import Turn
from bot.turn.wording import say, sentences
from knowledge.call.definition import Call

LITTLE: Final = f"<{FEWEST}"
STATUS: Final = ("answered", "not_covered", "declined")
THUMBS: Final = ("good", "bad")


def show(case: Case[Figures]) -> Turn:
    """The numbers in words with a picture; for the province a line a bureau, without those of a few people."""
    numbers, call = case.seen.numbers, case.call
    if case.above:
        return case.asking(Give("\n".join(_lines(numbers, call)), "统计.csv", table(numbers, call)))
    mine = numbers[0]
    if mine.nothing:
        return case.told(say("figures.none", days=mine.days))
    return case.asking(Give(in_words(mine, call), card=card(mine, call) if case.ground.pictures else None))


def export(case: Case[Figures]) -> Turn:
    """The same as a table for a spreadsheet."""
    return case.asking(Give(say("figures.table"), "统计.csv", table(case.seen.numbers, case.call)))


def _lines(numbers: Sequence[Numbers], call: Call) -> list[str]:
    lines = [say("figures.province", days=numbers[0].days if numbers else DAYS)]
    for counted in numbers:
        name = office_name(counted.bureau, call)
        if counted.few:
            lines.append(say("figures.few", bureau=name))
        else:
            shares = {"answered": share(counted, "answered"), "handed": shown(counted.handed)}
            lines.append(say("figures.line", bureau=name, people=counted.people, asked=counted.asked, **shares))
    return lines


def shown(count: Tally) -> str:
    """A number as it is told."""
    return LITTLE if count is None else str(count)


def share(one: Numbers, status: str) -> str:
    """How much of what was asked went so, as a percentage."""
    count = one.status.get(status, 0)
    if count is None:
        return LITTLE
    return f"{count / one.asked:.0%}" if one.asked else "—"


def in_words(one: Numbers, call: Call) -> str:
    """The numbers as a message."""
    lines = [
        say("figures.head", bureau=office_name(one.bureau, call), days=one.days),
        say("figures.asked", asked=one.asked, people=one.people, **{name: share(one, name) for name in STATUS}),
    ]
    if one.handed:
        hours = f"{one.hours:.1f}" if one.hours is not None else "—"
        lines.append(say("figures.handed", handed=one.handed, replied=shown(one.replied), hours=hours))
    if one.thumbs:
        lines.append(say("figures.judged", **{name: shown(one.thumbs.get(name, 0)) for name in THUMBS}))
    if one.topics:
        lines.append(say("figures.topics", topics=_listed(one.topics)))
    if one.drafts:
        lines.append(say("figures.drafts", stages=_listed(_ordered(one.drafts))))
    if one.applications:
        lines.append(say("figures.applications", states=_listed(_worded(one.applications))))
    if one.findings:
        named = {_finding(code): count for code, count in one.findings.items()}
        lines.append(say("figures.findings", findings=_listed(named)))
    return "\n".join(lines)


def _listed(tallies: Tallies) -> str:
    return "、".join(f"{name} {shown(count)}" for name, count in tallies.items())


def _worded(tallies: Tallies) -> Tallies:
    return {say(f"figures.{name}"): count for name, count in tallies.items()}


def _ordered(tallies: Tallies) -> Tallies:
    """Drafts from the barely begun to the complete ones."""
    return _worded({name: tallies[name] for name in STAGES if name in tallies})


def _finding(code: str) -> str:
    return say(f"finding.{code}") if f"finding.{code}" in sentences() else code


def card(one: Numbers, call: Call) -> Card:
    """The numbers as a picture: how it went, and what was asked most, every bar on the scale of all that was asked."""
    whole = max(one.asked, one.handed or 0)
    rows = [(say(f"figures.{name}"), one.status.get(name, 0) or 0, whole) for name in STATUS if one.asked]
    rows += [(say("figures.handed_over"), one.handed, whole)] if one.handed else []
    topics = [(name, count, whole) for name, count in one.topics.items() if count]
    rows = [(say("figures.by_status"), 0, HEAD), *rows] if rows else rows
    rows += [(say("figures.most_asked"), 0, HEAD), *topics] if topics else []
    head = say("figures.head", bureau=office_name(one.bureau, call), days=one.days)
    return Card(head, rows, say("figures.foot", people=one.people), counts=True)


def table(numbers: Sequence[Numbers], call: Call) -> str:
    """Bureau, what is counted, of what, how many: a row each; of a few people nothing but that they are few."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(say("figures.columns").split("、"))
    for counted in numbers:
        name = office_name(counted.bureau, call)
        if counted.few:
            writer.writerow((name, say("figures.people"), "", LITTLE))
            continue
        writer.writerows((name, *map(escaped, row)) for row in _rows(counted))
    return out.getvalue()


def _rows(one: Numbers) -> list[tuple[str, str, str]]:
    status = {name: one.status.get(name, 0) for name in STATUS}
    thumbs = {say(f"buttons.{name}"): one.thumbs.get(name, 0) for name in THUMBS}
    findings = {_finding(code): count for code, count in one.findings.items()}
    parts = {
        "by_status": _worded(status), "by_day": one.daily, "by_topic": one.topics, "thumbs": thumbs,
        "by_stage": _ordered(one.drafts), "by_state": _worded(one.applications), "by_finding": findings,
    }  # fmt: skip
    hours = "" if one.hours is None else f"{one.hours:.2f}"
    rows = [(say("figures.people"), "", str(one.people)), (say("figures.questions"), "", str(one.asked))]
    rows += [(say("figures.handed_over"), "", shown(one.handed)), (say("figures.median"), "", hours)]
    for part, tallies in parts.items():
        rows += [(say(f"figures.{part}"), name, shown(count)) for name, count in tallies.items()]
    return rows


ACTIONS: Final[Mapping[str, Action]] = {
    "figures": action("serves", Figures, show),
    "figures_table": action("serves", Figures, export),
}
