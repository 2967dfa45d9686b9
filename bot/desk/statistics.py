"""What a desk did in some days, in numbers: as a message, as a picture, as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from bot.desk.counting import DAYS, FEWEST, Numbers, Tallies, Tally
from bot.desk.crew import title
from bot.desk.draft_stages import STAGES
from bot.desk.entries.spreadsheet import escaped
from bot.interview import filling
from bot.turn.card import HEAD, Card
from bot.turn.effects import Give
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.scope import PROVINCE
from bot.turn.session import Session
from bot.turn.wish import Consulted
from bot.turn.wording import say, sentences

LITTLE: Final = f"<{FEWEST}"
STATUS: Final = ("answered", "not_covered", "declined")
THUMBS: Final = ("good", "bad")


def show(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The numbers in words with a picture; for the province a line a bureau, without those of a few people."""
    found: Sequence[Numbers] = event.found
    if event.scope.bureau == PROVINCE:
        return Turn(session, effect=Give("\n".join(_lines(found, ground)), "统计.csv", table(found, ground)))
    mine = found[0]
    if mine.nothing:
        return filling.told(session, say("figures.none", days=mine.days), ground)
    return Turn(session, effect=Give(in_words(mine, ground), card=card(mine, ground) if ground.pictures else None))


def export(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The same as a table for a spreadsheet."""
    found: Sequence[Numbers] = event.found
    return Turn(session, effect=Give(say("figures.table"), "统计.csv", table(found, ground)))


def _lines(found: Sequence[Numbers], ground: Ground) -> list[str]:
    lines = [say("figures.province", days=found[0].days if found else DAYS)]
    for one in found:
        name = title(one.bureau, ground.call)
        if one.few:
            lines.append(say("figures.few", bureau=name))
        else:
            shares = {"answered": share(one, "answered"), "handed": shown(one.handed)}
            lines.append(say("figures.line", bureau=name, people=one.people, asked=one.asked, **shares))
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


def in_words(one: Numbers, ground: Ground) -> str:
    """The numbers as a message."""
    lines = [
        say("figures.head", bureau=title(one.bureau, ground.call), days=one.days),
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


def _listed(found: Tallies) -> str:
    return "、".join(f"{name} {shown(count)}" for name, count in found.items())


def _worded(found: Tallies) -> Tallies:
    return {say(f"figures.{name}"): count for name, count in found.items()}


def _ordered(found: Tallies) -> Tallies:
    """Drafts from the barely begun to the complete ones."""
    return _worded({name: found[name] for name in STAGES if name in found})


def _finding(code: str) -> str:
    return say(f"finding.{code}") if f"finding.{code}" in sentences() else code


def card(one: Numbers, ground: Ground) -> Card:
    """The numbers as a picture: how it went, and what was asked most, every bar on the scale of all that was asked."""
    whole = max(one.asked, one.handed or 0)
    rows = [(say(f"figures.{name}"), one.status.get(name, 0) or 0, whole) for name in STATUS if one.asked]
    rows += [(say("figures.handed_over"), one.handed, whole)] if one.handed else []
    topics = [(name, count, whole) for name, count in one.topics.items() if count]
    rows = [(say("figures.by_status"), 0, HEAD), *rows] if rows else rows
    rows += [(say("figures.most_asked"), 0, HEAD), *topics] if topics else []
    head = say("figures.head", bureau=title(one.bureau, ground.call), days=one.days)
    return Card(head, rows, say("figures.foot", people=one.people), counts=True)


def table(found: Sequence[Numbers], ground: Ground) -> str:
    """Bureau, what is counted, of what, how many: a row each; of a few people nothing but that they are few."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(say("figures.columns").split("、"))
    for one in found:
        name = title(one.bureau, ground.call)
        if one.few:
            writer.writerow((name, say("figures.people"), "", LITTLE))
            continue
        writer.writerows((name, *map(escaped, row)) for row in _rows(one))
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
    for part, found in parts.items():
        rows += [(say(f"figures.{part}"), name, shown(count)) for name, count in found.items()]
    return rows


HANDLERS = {"figures": show, "figures_table": export}
