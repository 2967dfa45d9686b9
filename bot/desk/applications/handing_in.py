"""An applicant hands in: what of it is told, seen again, withdrawn, and gone to when it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.desk.applications.life import LIVE, Comment, Submission, after, digest, edition, refused
from bot.desk.crew import desk_chat, done, placed, title
from bot.desk.display_names import plain
from bot.hearing.cities import meant
from bot.interview import filling, jumping, versions
from bot.interview.drafts import title as called
from bot.interview.findings import finding_line
from bot.interview.show import label
from bot.interview.uploading import mark
from bot.turn.acts import act
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import Scope
from bot.turn.session import Session
from bot.turn.wish import Consulted, Wish, press
from bot.turn.wording import say
from drafting.application.whole_form import check, form_of
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.form.values import find_recommender
from drafting.kinds.kind import shortened
from drafting.papers.report import weighed
from knowledge.call.definition import Call

MOST: Final = 30
SHOWN: Final = 5


@dataclass(frozen=True)
class Handing:
    """What there is for one more: the number it gets, and what the person handed in here before, newest first."""

    number: int
    own: tuple[Submission, ...] = ()


def towards(wish: Wish, session: Session, ground: Ground) -> str:
    """The bureau a wish of an applicant's goes to: the one named with it, else the form's recommender; or empty."""
    if wish.kind not in APPLICANTS:
        return ""
    named = wish.text if wish.kind in ("withdraw", "spot") else ""
    code, codes = named.partition("/")[0], {one.code for one in ground.call.recommenders}
    return code if code in codes else recommended(session.draft, ground.call) or _named(wish, ground.call)


def _named(wish: Wish, call: Call) -> str:
    """The code of the bureau that was named in words, empty for none."""
    found = meant(wish.where, call)
    return found.code if found else ""


def recommended(draft: Draft, call: Call) -> str:
    """The code of the bureau that the form names as its recommender, empty for none."""
    field = call.field_of_kind("recommender")
    said = draft.fields.get(field.id, "") if field else ""
    found = find_recommender(said, call)[0] if said else None
    return found.code if found else ""


# ---------------------------------------------------------------- handing in
def submit(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The draft as it stands goes to the bureau; what is wrong in it is said first, and asked about once more."""
    found: Handing = event.found
    refusal = _barred(session, event, ground) or _unneeded(session, found, ground)
    if refusal:
        return filling.told(session, refusal, ground)
    findings = tuple(weighed(check(form_of(session.draft, ground.call), ground.call)))
    wrong = [one for one in findings if one.severity == "error"]
    sure = event.wish.text in INSISTING or event.wish.text == mark(session)
    if wrong and not sure:
        return _asked(session, event, ground, wrong)
    return _handed(session, event, ground, findings)


INSISTING: Final = ("仍要", "仍然", "照样")


def _barred(session: Session, event: Consulted, ground: Ground) -> str:
    """Why nothing can be handed in here; empty when it can."""
    if ground.barred or session.phase == "idle" or not session.place:
        return ground.barred or say("draft.nothing_open")
    if ground.team.unit:
        return say("people.owner_only", who=ground.team.called(ground.team.owner.chat))
    if event.scope.serves:
        return say("apply.yourself")
    if not event.scope.bureau:
        return say("apply.no_city")
    named = meant(event.wish.where, ground.call)
    if named and named.code != event.scope.bureau:
        return say("apply.other_bureau", bureau=title(event.scope.bureau, ground.call), other=named.name)
    if not event.overlay.active:
        return say("apply.no_desk", bureau=title(event.scope.bureau, ground.call))
    return ""


def _unneeded(session: Session, found: Handing, ground: Ground) -> str:
    """Why one more is not taken: it is there already, or there are too many; empty when it is."""
    mine = _content(session, ground)["hash"]
    same = next((one for one in found.own if one.state in LIVE and one.hash == mine), None)
    if same:
        return say("apply.same", number=same.number, state=state_of(same))
    return say("apply.many", count=len(found.own)) if len(found.own) >= MOST else ""


def _content(session: Session, ground: Ground) -> dict[str, Any]:
    facts, form = session.draft.model_dump(mode="json"), edition(ground.call)
    return {"facts": facts, "form": form, "hash": digest(facts, form)}


def _asked(session: Session, event: Consulted, ground: Ground, wrong: Sequence[Finding]) -> Turn:
    name = title(event.scope.bureau, ground.call)
    lines = [say("apply.wrong", bureau=name, count=len(wrong)), *map(finding_line, wrong[:SHOWN])]
    if len(wrong) > SHOWN:
        lines.append(say("apply.more", count=len(wrong) - SHOWN))
    lines.append(say("apply.sure"))
    button = Button(press("submit", 0, mark(session)), say("buttons.submit"))
    return Turn(session, (Reply("\n".join(lines), buttons=((button,),)),))


def _handed(session: Session, event: Consulted, ground: Ground, findings: Sequence[Finding]) -> Turn:
    found: Handing = event.found
    scope, name = event.scope, title(event.scope.bureau, ground.call)
    values = _content(session, ground) | {
        "draft": session.place,
        "title": plain(called(session.draft, ground.call), 80),
        "findings": [asdict(one) for one in findings],
    }
    new = act("apply", scope, found.number, **values).model_copy(update={"name": ground.name})
    desk = Scope(scope.bureau, "operator", scope.user)
    renewing = act("renew", desk, found.number, draft=session.place).model_copy(update={"name": ground.name})
    kept = versions.kept(session.acting(new, renewing), ground)
    waiting = [one for one in found.own if one.draft == session.place and one.state in LIVE]
    lines = [say("apply.done", bureau=name, number=found.number)]
    lines += [say("apply.accepted_stays" if one.state == "accepted" else "apply.replaces", number=one.number)
              for one in waiting]  # fmt: skip
    promise = ground.call.of_kind("commitment")
    lines += [say("apply.unpromised", what=promise.title)] if promise and not session.draft.promised else []
    lines.append(say("apply.how", number=found.number))
    return filling.told(kept, "\n".join(lines), ground, *_letters(session, event, ground, findings))


def _letters(
    session: Session, event: Consulted, ground: Ground, findings: Sequence[Finding]
) -> tuple[Reply, ...]:  # fmt: skip
    """Word to the desk, and to the draft's owner where it was somebody else."""
    number, bureau = event.found.number, event.scope.bureau
    one = Submission(bureau, number, "", findings=tuple(findings), facts=session.draft.model_dump(mode="json"))
    text = say("apply.to_desk", number=number, what=names_of(one, ground.call), checked=checked(one))
    before = [each.number for each in event.found.own if each.draft == session.place and each.state in LIVE]
    text += "\n" + say("filed.replaces", number=max(before)) if before else ""
    button = Button(press("opened", number), say("buttons.opened", number=number))
    desk = Reply(text, chat=desk_chat(bureau), buttons=((button,),))
    owner = ground.team.owner.chat
    if not owner or owner == ground.team.me.chat:
        return (desk,)
    who = ground.team.called(ground.team.me.chat)
    told = say("apply.to_owner", who=who, bureau=title(bureau, ground.call), number=number)
    return desk, Reply(told, chat=owner)


# ---------------------------------------------------------------- what both sides are told
def names_of(one: Submission, call: Call) -> str:
    """What an application goes by: its name with its lead."""
    draft, field = one.content, call.field_of_kind("lead")
    lead = plain(draft.fields.get(field.id, "")) if field else ""
    name = plain(called(draft, call))
    return say("filed.name", name=name, lead=lead) if lead else name


def checked(one: Submission) -> str:
    """How many findings of which weight."""
    errors = one.errors
    rest = len(one.findings) - errors
    return say("filed.checked", errors=errors, warnings=rest) if one.findings else say("filed.sound")


def state_of(one: Submission) -> str:
    """Where it stands, in a word or two."""
    return say(f"filed.{one.state}")


# ---------------------------------------------------------------- seen again
def handed(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A line for each of the person's own, the newest first, with what the bureau said of it."""
    if not ground.private:
        return filling.told(session, say("apply.private"), ground)
    found: Handing = event.found
    shown = found.own[:10]
    if not shown:
        return filling.told(session, say("apply.none"), ground)
    lines = [where + _own_line(one, ground) for where, one in placed(shown, ground.call)]
    if len({one.bureau for one in shown}) == 1:
        lines.insert(0, title(shown[0].bureau, ground.call))
    rows = tuple(row for one in shown for row in _own_buttons(one, ground.call))
    return Turn(session, (Reply("\n".join(lines), buttons=rows), *filling.again(session, ground)))


def _own_line(one: Submission, ground: Ground) -> str:
    line = say("apply.line", number=one.number, what=names_of(one, ground.call), state=state_of(one),
               at=moment(one.made))  # fmt: skip
    said = [say("apply.said", text=comment_line(each)) for each in one.comments] if one.state == "returned" else []
    return "\n".join((line, *said))


def _own_buttons(one: Submission, call: Call) -> tuple[tuple[Button, ...], ...]:
    if one.state not in ("submitted", "returned"):
        return ()
    spots = spot_buttons(one, call) if one.state == "returned" else ()
    return (*spots, (Button(press("withdraw", one.number, one.bureau), say("buttons.withdraw", number=one.number)),))


def comment_line(one: Comment) -> str:
    """What was said of a place, in a line."""
    return say("filed.comment", where=one.where, text=one.text) if one.where else one.text


def spot_buttons(one: Submission, call: Call, since: int = 0) -> tuple[tuple[Button, ...], ...]:
    """A button to each place that something was said of, from one comment on."""
    there: dict[str, int] = {}
    for place, each in enumerate(one.comments):
        if each.item and place >= since:
            there.setdefault(each.item, place)
    return tuple(
        (Button(press("spot", one.number, f"{one.bureau}/{place}"), say("buttons.spot", what=label(item, call))),)
        for item, place in there.items()
    )


# ---------------------------------------------------------------- back, and on
def withdraw(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Taken back by whose it is before it is accepted; what came by mail by the desk."""
    one: Submission | None = event.found
    if not event.scope.serves and not ground.private:
        return filling.told(session, say("apply.private"), ground)
    if one is None:
        text = say("filed.unknown", number=event.wish.number) if event.wish.number else say("apply.which")
        return filling.told(session, text, ground)
    code = refused(one, "withdraw", serves=event.scope.serves)
    if code:
        return filling.told(session, say(f"refusal.{code}", number=one.number), ground)
    becomes = after(one, "withdraw")
    kept = done(session, event, ground, "vet", one.version, doing="withdraw", state=becomes.state,
                detail=say("vetting.withdraw"))  # fmt: skip
    told = say("apply.withdrawn", number=one.number)
    if event.scope.serves:
        return filling.told(kept, told, ground)
    word = say("apply.desk_withdrawn", number=one.number, what=names_of(one, ground.call))
    return filling.told(kept, told, ground, Reply(word, chat=desk_chat(one.bureau)))


def spot(session: Session, event: Consulted, ground: Ground) -> Turn:
    """To the place in the draft that a comment is about, with the comment."""
    one: Submission | None = event.found
    place = event.wish.text.rpartition("/")[2]
    known = one.comments if one else ()
    said = known[int(place)] if place.isdecimal() and int(place) < len(known) else None
    if one is None or said is None or not said.item:
        return filling.told(session, say("draft.stale"), ground)
    if one.draft != session.place:
        return filling.told(session, say("apply.other_draft", what=shortened(one.title)), ground)
    return jumping.to(session, said.item, ground, (Reply(comment_line(said)),))


APPLICANTS: Final = ("submit", "handed", "withdraw", "spot")
HANDLERS = {"submit": submit, "handed": handed, "withdraw": withdraw, "removes": withdraw, "spot": spot}
