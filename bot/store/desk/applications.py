"""What was handed in at a desk: looked at as far as a scope goes, and changed as it was decided."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, cast

from sqlalchemy import Row, func
from sqlalchemy.exc import IntegrityError

from bot.desk.applications.handing_in import Handing
from bot.desk.applications.life import LIVE, RENEWED, Comment, Submission
from bot.desk.applications.mailing import Mailbox
from bot.desk.applications.ranking import Ranking
from bot.desk.crew import Line
from bot.store.columns import stored
from bot.store.desk.bound import Bound
from bot.store.desk.bureaus import at_each
from bot.store.desk.record import noted
from bot.store.desk_tables import audit, submissions
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.wish import Wish
from drafting.form.problem import Finding

MOST: Final = 300
# Files that came by mail are large: without them unless one is asked for.
LIGHT: Final = tuple(one for one in submissions.c if one.name != "file")
COLUMN: Final = submissions.c


# ---------------------------------------------------------------- looked at
def handing(seen: Bound, _wish: Wish) -> Handing:
    """What the person handed in, the newest first, and the number one more would get."""
    mine = COLUMN.person == stored(seen.scope.user)
    rows = seen.rows(submissions, mine, order=(COLUMN.number.desc(),), most=MOST, only=LIGHT)
    return Handing(seen.next("submissions"), _all(rows))


def everywhere(seen: Bound, wish: Wish) -> Handing:
    """What the person handed in at any bureau, the newest first."""
    found = [one for there in at_each(seen) for one in handing(there, wish).own]
    return Handing(0, tuple(sorted(found, key=lambda one: one.made, reverse=True)))


def listed(seen: Bound, _wish: Wish) -> tuple[Submission, ...]:
    """Everything at the desk, the newest first."""
    return _all(seen.rows(submissions, order=(COLUMN.number.desc(),), most=MOST, only=LIGHT))


def one(seen: Bound, wish: Wish) -> Submission | None:
    """One application without its file; without a number the person's own that isn't over, if there is but one.

    What is the applicant's to press names its bureau, and is none elsewhere.
    """
    if not wish.number and not seen.scope.serves:
        live = [each.number for each in handing(seen, wish).own if each.state in LIVE]
        return _one(seen, live[0], LIGHT) if len(live) == 1 else None
    there = wish.text.partition("/")[0] if wish.kind in ("withdraw", "spot") else ""
    return _one(seen, wish.number, LIGHT) if there in ("", seen.scope.bureau) else None


def whole(seen: Bound, wish: Wish) -> Submission | None:
    """One application with its file."""
    return _one(seen, wish.number, ())


def ranking(seen: Bound, _wish: Wish) -> Ranking:
    """What was accepted, without files."""
    return _ranking(seen, LIGHT)


def ranked(seen: Bound, _wish: Wish) -> Ranking:
    """What was accepted, with the files of what is ranked."""
    found = _ranking(seen, LIGHT)
    rows = seen.rows(submissions, COLUMN.state == "accepted", COLUMN.rank > 0, COLUMN.source == "mail")
    files = {row.number: row.file for row in rows}
    return replace(found, accepted=tuple(replace(each, file=files.get(each.number, "")) for each in found.accepted))


def mailbox(seen: Bound, _wish: Wish) -> Mailbox:
    """How much came by mail and is kept."""
    only = (COLUMN.number, COLUMN.hash, func.length(COLUMN.file).label("size"))
    rows = seen.rows(submissions, COLUMN.source == "mail", COLUMN.state != "withdrawn", only=only)
    size = sum(row.size for row in rows) * 3 // 4
    return Mailbox(seen.next("submissions"), len(rows), size, {row.hash: row.number for row in rows})


def _one(seen: Bound, number: int, only: Sequence[Any]) -> Submission | None:
    rows = seen.rows(submissions, COLUMN.number == number, most=1, only=only)
    if not rows:
        return None
    return _among(_submission(rows[0]), _versions(seen, rows[0].draft))


def _versions(seen: Bound, draft: str) -> list[Row[Any]]:
    """Number, draft and state of every version of a draft."""
    return seen.rows(submissions, COLUMN.draft == draft, only=_KIN) if draft else []


_KIN: Final = (COLUMN.number, COLUMN.draft, COLUMN.state)


def _among(found: Submission, kin: Sequence[Row[Any]]) -> Submission:
    """The same with the later version that waits or was accepted, and the accepted one before it, if there are any."""
    others = [row for row in kin if row.draft and row.draft == found.draft]
    newer = [row.number for row in others if row.number > found.number and row.state in LIVE]
    older = [row.number for row in others if row.number < found.number and row.state == "accepted"]
    before = [row.number for row in others if row.number < found.number and row.state != "withdrawn"]
    last = max(before, default=0)
    return replace(found, newer=max(newer, default=0), older=max(older, default=0), before=last)


def _ranking(seen: Bound, only: Sequence[Any]) -> Ranking:
    rows = seen.rows(submissions, COLUMN.state == "accepted", order=(COLUMN.number,), only=only)
    kin = seen.rows(submissions, COLUMN.state.in_(LIVE), only=_KIN)
    lines = seen.rows(audit, audit.c.act == "rank", order=(audit.c.id.desc(),), most=1)
    last = next((Line(row.at, row.name, row.act, row.number, row.detail) for row in lines), None)
    return Ranking(tuple(_among(_submission(row), kin) for row in rows), seen.next("ranking"), last)


def _all(rows: Sequence[Row[Any]]) -> tuple[Submission, ...]:
    return tuple(_among(_submission(row), rows) for row in rows)


def _submission(row: Row[Any]) -> Submission:
    held = json.loads(row.facts)
    findings = tuple(Finding(**each) for each in json.loads(row.findings))
    comments = tuple(Comment(**each) for each in json.loads(row.comments))
    return Submission(
        row.bureau, row.number, row.person, row.name, row.draft, cast(Any, row.source), row.title, held["facts"],
        held["form"], getattr(row, "file", ""), row.hash, findings, comments, cast(Any, row.state), row.rank,
        row.version, row.made, row.updated,
    )  # fmt: skip


# ---------------------------------------------------------------- handed in
def applied(bound: Bound, act: Act) -> None:
    """A new one under the number that the applicant was told."""
    _new(bound, act, person=act.user, name=act.name, draft=act.values["draft"], source="chat", file="")
    noted(bound, act, str(act.values["hash"])[:12])


def renewed(bound: Bound, act: Act) -> None:
    """What was handed in of the same draft before gives way to a newer version, unless it was accepted."""
    before = (COLUMN.draft == act.values["draft"], COLUMN.number < act.number, COLUMN.state.in_(RENEWED))
    after = {"state": "superseded", "version": COLUMN.version + 1, "updated": bound.now}
    if act.values["draft"] and bound.change(submissions, *before, **after):
        noted(bound, act)


def mailed(bound: Bound, act: Act) -> None:
    """A file that came by mail; it is nobody's who could come and see it."""
    said = act.values
    nobody = f"mail:{secrets.token_hex(8)}"
    _new(bound, act, person=nobody, name=said["called"], draft="", source="mail", file=said["file"])
    noted(bound, act, f"{said['called']} {said['hash'][:12]}")


def _new(bound: Bound, act: Act, **whose: str) -> None:
    said = act.values
    bound.take("submissions", act.number)
    kept = {"facts": json.dumps({"form": said["form"], "facts": said["facts"]}), "hash": said["hash"]}
    kept |= {"title": said["title"], "findings": json.dumps(said["findings"]), "comments": "[]"}
    times = {"made": bound.now, "updated": bound.now}
    try:
        bound.add(submissions, number=act.number, state="submitted", rank=0, version=1, **whose, **kept, **times)
    except IntegrityError as error:
        raise StaleError from error


# ---------------------------------------------------------------- decided
def vetted(bound: Bound, act: Act) -> None:
    """Something done to an application, if it still is as it was when that was decided."""
    said, this = act.values, (COLUMN.number == act.number, COLUMN.version == act.was)
    rows = bound.rows(submissions, *this, only=LIGHT)
    if not rows or not (bound.scope.serves or said["doing"] == "withdraw"):
        raise StaleError
    before = rows[0]
    rank = _replaced(bound, before) if said["doing"] == "accept" else 0
    values: dict[str, Any] = {"state": said["state"], "rank": rank, "version": act.was + 1, "updated": bound.now}
    if said.get("comments"):
        values["comments"] = json.dumps([*json.loads(before.comments), *said["comments"]])
    if before.source == "mail" and said["doing"] == "withdraw":
        values["file"] = ""
    bound.once(submissions, *this, **values)
    if before.rank:
        _reordered(bound)
    noted(bound, act, str(said.get("detail", said["doing"])))


def _replaced(bound: Bound, newer: Row[Any]) -> int:
    """The place in the order that an accepted earlier version leaves to a newer one, 0 for none."""
    earlier = (COLUMN.draft == newer.draft, COLUMN.number != newer.number, COLUMN.state == "accepted")
    found = bound.rows(submissions, *earlier, only=LIGHT) if newer.draft else []
    for row in found:
        gone = {"state": "superseded", "rank": 0, "version": row.version + 1, "updated": bound.now}
        bound.once(submissions, COLUMN.number == row.number, COLUMN.version == row.version, **gone)
    rank = max((row.rank for row in found), default=0)
    if rank:
        _reordered(bound)
    return rank


def _reordered(bound: Bound) -> None:
    """Whoever changes the order at this moment looks at it again."""
    bound.take("ranking", bound.next("ranking"))


def ordered(bound: Bound, act: Act) -> None:
    """The whole order as it was decided, if nobody changed it since."""
    order = [int(number) for number in act.values["order"]]
    bound.take("ranking", int(act.values["revision"]))
    bound.change(submissions, COLUMN.rank > 0, rank=0)
    for rank, number in enumerate(order, 1):
        bound.once(submissions, COLUMN.number == number, COLUMN.state == "accepted", rank=rank)
    noted(bound, act, "、".join(map(str, order)))
