"""How an application that was handed in looks: its names, its line, its card, its buttons."""

from __future__ import annotations

from typing import Final

from bot.desk.applications.life import Comment, Submission
from bot.desk.case import button
from bot.desk.display_names import named, plain
from bot.hearing.cities import office_name
from bot.interview.drafts import title
from bot.interview.findings import finding_line
from bot.interview.show import label
from bot.turn.days import moment
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.wording import say
from drafting.form.draft import Draft
from drafting.form.values import find_recommender
from drafting.papers.report import weighed
from knowledge.call.definition import Call

FINDINGS: Final = 5
ROWS: Final = {"submitted": ("accepts", "returns"), "returned": ("accepts", "reopens"), "accepted": ("reopens", "rank")}


def barred(ground: Ground) -> str:
    """Why no application is opened here: others read along, or the channel is closed to drafts; else empty."""
    if not ground.private:
        return say("filed.private")
    return "" if ground.drafting else say("filed.not_here")


def recommended(draft: Draft, call: Call) -> str:
    """The code of the bureau that the form names as its recommender, empty for none."""
    field = call.field_of_kind("recommender")
    said = draft.fields.get(field.id, "") if field else ""
    body = find_recommender(said, call)[0] if said else None
    return body.code if body else ""


def elsewhere(filed: Submission, call: Call) -> str:
    """The recommender that an application names where that is another city's; else empty."""
    code = recommended(filed.content, call)
    return office_name(code, call) if code and code != filed.bureau else ""


def _lead(draft: Draft, call: Call) -> str:
    field = call.field_of_kind("lead")
    return plain(draft.fields.get(field.id, "")) if field else ""


def names_of(filed: Submission, call: Call) -> str:
    """What an application goes by: its name with its lead."""
    draft = filed.content
    lead, name = _lead(draft, call), plain(title(draft, call))
    return say("filed.name", name=name, lead=lead) if lead else name


def checked(filed: Submission) -> str:
    """How many findings of which weight."""
    if not filed.findings:
        return say("filed.sound")
    return say("filed.checked", errors=filed.errors, warnings=len(filed.findings) - filed.errors)


def state_of(filed: Submission) -> str:
    """Where it stands, in a word or two."""
    return say(f"filed.{filed.state}")


def line(filed: Submission, call: Call) -> str:
    """An application in one line."""
    mail = say("filed.by_mail") if filed.source == "mail" else ""
    rank = say("filed.ranked", rank=filed.rank) if filed.rank else ""
    newer = say("filed.newer", number=filed.newer) if filed.newer and filed.state == "accepted" else ""
    marks = "，".join(part for part in (checked(filed), mail, rank, newer, moment(filed.made)) if part)
    return say("filed.line", number=filed.number, what=names_of(filed, call), marks=marks)


def card(filed: Submission, call: Call) -> Reply:
    """An application on a message: names, units, state, findings, and what can be done with it."""
    draft, units, fields = filed.content, filed.content.members, call.field_by_id
    lines = [say("filed.head", number=filed.number, state=state_of(filed), at=moment(filed.made))]
    lines += [
        say("filed.cell", label=fields[key].cover or fields[key].label, value=plain(said, 80))
        for key in call.cover
        if (said := draft.fields.get(key, "")) and fields[key] != call.field_of_kind("lead")
    ]
    lines.append(say("filed.lead", lead=_lead(draft, call)))
    names = "、".join(plain(unit.name) for unit in units)
    lines.append(say("filed.units", count=len(units), units=names) if units else say("filed.no_units"))
    came = "filed.came_by_mail" if filed.source == "mail" else "filed.came"
    lines.append(say(came, who=named(plain(filed.name)), hash=filed.hash[:8]))
    lines += [say("filed.altered")] if not filed.unaltered else []
    lines += [say("filed.renewed", number=filed.newer)] if filed.newer else []
    lines += [say("filed.replaces", number=filed.before)] if filed.before else []
    lines += [say("filed.elsewhere", name=name)] if (name := elsewhere(filed, call)) else []
    lines += [say("filed.found", checked=checked(filed)), *map(finding_line, weighed(filed.findings)[:FINDINGS])]
    left = len(filed.findings) - FINDINGS
    lines += [say("filed.rest", count=left)] if left > 0 else []
    lines += [say("filed.remark", at=moment(each.at), text=comment_line(each)) for each in filed.comments]
    first = tuple(button(kind, filed.number, "in" if kind == "rank" else "") for kind in ROWS.get(filed.state, ()))
    papers = tuple(button(kind, filed.number) for kind in ("report", "word"))
    return Reply("\n".join(lines), buttons=tuple(row for row in (first, papers) if row))


def opening(number: int) -> Button:
    """The button that opens an application."""
    return button("opened", number, "", say("buttons.opened", number=number))


def comment_line(comment: Comment) -> str:
    """What was said of a place, in a line."""
    return say("filed.comment", where=comment.where, text=comment.text) if comment.where else comment.text


def spot_buttons(filed: Submission, call: Call, since: int = 0) -> tuple[tuple[Button, ...], ...]:
    """A button to each place that something was said of, from one comment on."""
    there: dict[str, int] = {}
    for place, comment in enumerate(filed.comments):
        if comment.item and place >= since:
            there.setdefault(comment.item, place)
    return tuple(
        (button("spot", filed.number, f"{filed.bureau}/{place}", say("buttons.spot", what=label(item, call))),)
        for item, place in there.items()
    )
