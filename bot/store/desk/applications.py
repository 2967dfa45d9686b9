"""What was handed in at a desk: looked at as far as a scope goes, and changed as it was decided."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from sqlalchemy import Row, func

from bot.desk.applications import life
from bot.desk.applications.life import LIVE, Submission
from bot.store.columns import stored
from bot.store.desk.bound import Bound, Look, value_of
from bot.store.desk.bureaus import at_each
from bot.store.desk.record import lines, noted, of
from bot.store.desk_tables import audit, submissions
from bot.turn.acts import Act, Change
from bot.turn.ports import StaleError
from bot.turn.wish import Seen, Wish
from drafting.form.problem import Finding

MOST: Final = 300
# Files that came by mail are large: without them unless one is asked for.
LIGHT: Final = tuple(one for one in submissions.c if one.name != "file")
COLUMN: Final = submissions.c
# What is looked at of the other versions of a draft.
KIN: Final = (COLUMN.number, COLUMN.draft, COLUMN.state)


# ---------------------------------------------------------------- looked at
def handing(seen: Bound, _wish: Wish) -> life.Handing:
    """What the person handed in, the newest first, and the number one more would get."""
    mine = COLUMN.person == stored(seen.scope.user)
    rows = seen.rows(submissions, mine, order=(COLUMN.number.desc(),), most=MOST, only=LIGHT)
    return life.Handing(seen.next("submissions"), _all(rows))


def everywhere(seen: Bound, wish: Wish) -> life.HandedIn:
    """What the person handed in at any bureau, the newest first."""
    own_ = [filed for there in at_each(seen) for filed in handing(there, wish).own]
    return life.HandedIn(0, tuple(sorted(own_, key=lambda filed: filed.made, reverse=True)))


def listed(seen: Bound, _wish: Wish) -> life.Filed:
    """Everything at the desk, the newest first."""
    return life.Filed(_all(seen.rows(submissions, order=(COLUMN.number.desc(),), most=MOST, only=LIGHT)))


def one(seen: Bound, wish: Wish) -> life.FiledSeen:
    """One application without its file."""
    return life.FiledSeen(_one(seen, wish.number, LIGHT))


def own(seen: Bound, wish: Wish) -> life.FiledOwn:
    """The same for whose it is, where their button means this bureau; without a number the only one that isn't over."""
    if not wish.number and not seen.scope.serves:
        live = [filed.number for filed in handing(seen, wish).own if filed.state in LIVE]
        return life.FiledOwn(_one(seen, live[0], LIGHT) if len(live) == 1 else None)
    there = wish.text.partition("/")[0]
    return life.FiledOwn(_one(seen, wish.number, LIGHT) if there in ("", seen.scope.bureau) else None)


def whole(seen: Bound, wish: Wish) -> life.FiledWhole:
    """One application with its file."""
    return life.FiledWhole(_one(seen, wish.number, ()))


def ranking(seen: Bound, _wish: Wish) -> life.Ranking:
    """What was accepted, without files."""
    rows = seen.rows(submissions, COLUMN.state == "accepted", order=(COLUMN.number,), only=LIGHT)
    kin = seen.rows(submissions, COLUMN.state.in_(LIVE), only=KIN)
    last = next(iter(lines(seen, audit.c.act == "rank")), None)
    return life.Ranking(tuple(_among(_submission(row), kin) for row in rows), seen.next("ranking"), last)


def ranked(seen: Bound, wish: Wish) -> life.RankedFiles:
    """What was accepted, with the files of what is ranked."""
    light = ranking(seen, wish)
    rows = seen.rows(submissions, COLUMN.state == "accepted", COLUMN.rank > 0, COLUMN.source == "mail")
    files = {row.number: row.file for row in rows}
    held = tuple(replace(filed, file=files.get(filed.number, "")) for filed in light.accepted)
    return life.RankedFiles(held, light.revision, light.last)


def mailbox(seen: Bound, _wish: Wish) -> life.Mailbox:
    """How much came by mail and is kept."""
    only = (COLUMN.number, COLUMN.hash, func.length(COLUMN.file).label("size"))
    rows = seen.rows(submissions, COLUMN.source == "mail", COLUMN.state != "withdrawn", only=only)
    size = sum(row.size for row in rows) * 3 // 4
    return life.Mailbox(seen.next("submissions"), len(rows), size, {row.hash: row.number for row in rows})


def _one(seen: Bound, number: int, only: Sequence[Any]) -> Submission | None:
    for row in seen.rows(submissions, COLUMN.number == number, most=1, only=only):
        return _among(
            _submission(row), seen.rows(submissions, COLUMN.draft == row.draft, only=KIN) if row.draft else []
        )
    return None


def _among(filed: Submission, kin: Sequence[Row[Any]]) -> Submission:
    """The same with the later version that waits or was accepted, and the accepted one before it, if there are any."""
    others = [row for row in kin if row.draft and row.draft == filed.draft]
    newer = [row.number for row in others if row.number > filed.number and row.state in LIVE]
    older = [row.number for row in others if row.number < filed.number and row.state == "accepted"]
    before = [row.number for row in others if row.number < filed.number and row.state != "withdrawn"]
    last = max(before, default=0)
    return replace(filed, newer=max(newer, default=0), older=max(older, default=0), before=last)


def _all(rows: Sequence[Row[Any]]) -> tuple[Submission, ...]:
    return tuple(_among(_submission(row), rows) for row in rows)


def _submission(row: Row[Any]) -> Submission:
    held = json.loads(row.facts)
    findings = tuple(Finding(**each) for each in json.loads(row.findings))
    comments = tuple(life.Comment(**each) for each in json.loads(row.comments))
    return value_of(Submission, row, facts=held["facts"], form=held["form"], findings=findings, comments=comments)


# ---------------------------------------------------------------- handed in
def applied(bound: Bound, act: Act[life.Applied]) -> None:
    """A new one under the number that the applicant was told."""
    whose = {"person": act.scope.user, "name": act.name, "draft": act.change.draft, "source": "chat", "file": ""}
    _begun(bound, act, act.change.content, **whose)
    noted(bound, act, act.change.content.hash[:12])


def renewed(bound: Bound, act: Act[life.Renewed]) -> None:
    """What was handed in of the same draft before gives way to a newer version, unless it was accepted."""
    draft = act.change.draft
    before = (COLUMN.draft == draft, COLUMN.number < act.number, COLUMN.state.in_(life.RENEWED))
    gone = {"state": "superseded", "version": COLUMN.version + 1, "updated": bound.now}
    if draft and bound.change(submissions, *before, **gone):
        noted(bound, act)


def mailed(bound: Bound, act: Act[life.Mailed]) -> None:
    """A file that came by mail; it is nobody's who could come and see it."""
    mail, nobody = act.change, f"mail:{secrets.token_hex(8)}"
    _begun(bound, act, mail.content, person=nobody, name=mail.name, draft="", source="mail", file=mail.file)
    noted(bound, act, f"{mail.name} {mail.content.hash[:12]}")


def _begun(bound: Bound, act: Act[Change], content: life.Content, **whose: str) -> None:
    kept = {"facts": json.dumps({"form": content.form, "facts": content.facts}), "hash": content.hash}
    kept |= {"title": content.title, "findings": json.dumps([asdict(each) for each in content.findings])}
    stands = {"state": "submitted", "rank": 0, "version": 1, "comments": "[]", "made": bound.now}
    bound.begin(submissions, act.number, **whose, **kept, **stands)


# ---------------------------------------------------------------- decided
def vetted(bound: Bound, act: Act[life.Vetted]) -> None:
    """Something done to an application, if it still is as it was when that was decided."""
    vet, this = act.change, (COLUMN.number == act.number, COLUMN.version == act.was)
    rows = bound.rows(submissions, *this, only=LIGHT)
    if not rows or not (bound.scope.serves or vet.step == "withdraw"):
        raise StaleError
    before = _submission(rows[0])
    made = life.after(before, vet.step)
    rank = _replaced(bound, before) if vet.step == "accept" else 0
    values: dict[str, Any] = {"state": made.state, "rank": rank, "version": made.version, "updated": bound.now}
    if vet.comments:
        values["comments"] = json.dumps([asdict(comment) for comment in (*before.comments, *vet.comments)])
    if before.source == "mail" and vet.step == "withdraw":
        values["file"] = ""
    bound.once(submissions, *this, **values)
    if before.rank:
        _reordered(bound)
    noted(bound, act, vet.detail or vet.step)


def _replaced(bound: Bound, newer: Submission) -> int:
    """The place in the order that an accepted earlier version leaves to a newer one, 0 for none."""
    earlier = (COLUMN.draft == newer.draft, COLUMN.number != newer.number, COLUMN.state == "accepted")
    rows = bound.rows(submissions, *earlier, only=LIGHT) if newer.draft else []
    for row in rows:
        gone = {"state": "superseded", "rank": 0, "version": row.version + 1, "updated": bound.now}
        bound.once(submissions, COLUMN.number == row.number, COLUMN.version == row.version, **gone)
    rank = max((row.rank for row in rows), default=0)
    if rank:
        _reordered(bound)
    return rank


def _reordered(bound: Bound) -> None:
    """Whoever changes the order at this moment looks at it again."""
    bound.take("ranking", bound.next("ranking"))


def ordered(bound: Bound, act: Act[life.Ordered]) -> None:
    """The whole order as it was decided, if nobody changed it since."""
    order = act.change.order
    bound.take("ranking", act.change.revision)
    bound.change(submissions, COLUMN.rank > 0, rank=0)
    for rank, number in enumerate(order, 1):
        bound.once(submissions, COLUMN.number == number, COLUMN.state == "accepted", rank=rank)
    noted(bound, act, "、".join(map(str, order)))


CHANGES: Final = (
    of(life.Applied, applied), of(life.Renewed, renewed), of(life.Mailed, mailed), of(life.Vetted, vetted),
    of(life.Ordered, ordered),
)  # fmt: skip
LOOKS: Final[dict[type[Seen], Look]] = {
    life.Handing: handing, life.HandedIn: everywhere, life.Filed: listed, life.FiledSeen: one, life.FiledOwn: own,
    life.FiledWhole: whole, life.Ranking: ranking, life.RankedFiles: ranked, life.Mailbox: mailbox,
}  # fmt: skip
