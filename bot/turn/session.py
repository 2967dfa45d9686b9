"""A conversation as it is saved between two messages."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from bot.turn.acts import Act, Change
from bot.turn.team import Deed
from drafting.changes.history import Changes, changes
from drafting.form.draft import Draft
from drafting.form.understood import Understood

Phase = Literal["idle", "filling", "complete", "paused"]
Consent = Literal["none", "shown", "given", "refused"]
TRAIL = 40
REMEMBERED = 4
STEPS = 20
# So many wrong codes may be tried within so many seconds.
MISSES = 5
HOUR = 3600.0
# Parts of a session that are saved as rows, not with it.
ROWS: Final = frozenset({"draft", "place", "put_by", "deeds", "acts"})


class Wording(BaseModel):
    """A section in a model's words that waits to be adopted, and the facts it was made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str
    lines: tuple[str, ...]
    facts: tuple[str, ...]


class Awaited(BaseModel):
    """What somebody at a desk, `by`, is to say next: the words of a wish of that `kind`, on whose number; or only yes
    or no, where its `text` is there already.

    `where` is the code of the bureau whose number it is, or the kind of an entry that is begun.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    number: int = 0
    where: str = ""
    text: str = ""
    by: str = ""


class Session(BaseModel):
    """Where a conversation stands: no draft yet, an item open, everything there, or set aside for now.

    `asking` is the open item, `trail` the items asked before it, `skipped` those put off, `questions` the last policy
    questions, `held` personal fields said before the notice stood, `steps` the person's last changes of the
    draft, `offered` what a file said that was sent, `left` the items of it still asked about one by one, `shown` the
    mark of the draft it was shown beside, `vowed` how many points of the promise were confirmed, `misses` when wrong
    codes were tried, in seconds, `proposed` what a model read and nobody said yes to yet, `wording` a section that may
    be adopted, `erasing` whether the word that erases everything is waited for, `bureau` the code of the one the person
    chose to be answered by, `near` what the last question was answered where the notice is silent, `desk` the bureau at
    whose desk they work; that says only how they are heard, never what they may do; `collecting` whether files
    they send came by mail, `stocking` what was said of the next file they send for the bureau's shelf (empty for
    nothing, None where they send none), `staged` which bureau was told last how far the draft is, and what; `onward`
    whether a person is wanted once the city is chosen; `awaiting` what words a desk's button or command waits for.

    The draft is a row of its own: `place` is which one, empty for one that is only begun; `put_by` the draft that was
    left for it in this turn, as it was left; `deeds` and `acts` what else is to be saved with this turn, of drafts
    and at desks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    phase: Phase = "idle"
    asking: str = ""
    trail: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    consent: Consent = "none"
    held: dict[str, str] = {}
    steps: tuple[Changes, ...] = ()
    vowed: int = 0
    offered: Draft | None = None
    left: tuple[str, ...] = ()
    shown: str = ""
    misses: tuple[float, ...] = ()
    erasing: bool = False
    proposed: Understood | None = None
    wording: Wording | None = None
    draft: Draft = Draft()
    place: str = ""
    put_by: Draft | None = None
    deeds: tuple[Deed, ...] = ()
    bureau: str = ""
    desk: str = ""
    near: str = ""
    collecting: bool = False
    stocking: str | None = None
    staged: str = ""
    awaiting: Awaited | None = None
    onward: bool = False
    acts: tuple[Act[Change], ...] = ()

    def changed(self, draft: Draft) -> Session:
        """The session with its draft changed, and the way back from that."""
        step = changes(self.draft, draft)
        return self.but(draft=draft, steps=(*self.steps, step)[-STEPS:]) if step else self

    def but(self, **changes: object) -> Session:
        """The session with some parts changed."""
        return self.model_copy(update=changes)

    def moved(self, place: str, draft: Draft) -> Session:
        """The session on another draft: what belonged to the one before is left with it."""
        left = {
            "put_by": self.draft if self.put_by is None else self.put_by,
            "deeds": self.deeds,
            "acts": self.acts,
            "misses": self.misses,
        }
        kept = {name: getattr(self, name) for name in ("consent", "questions", "bureau", "desk")}
        return Session(phase="filling", place=place, draft=draft).but(**left, **kept)

    def missed(self, now: float) -> tuple[float, ...]:
        """When wrong codes were tried within the last hour, in seconds since 1970."""
        return tuple(at for at in self.misses if now - at < HOUR)

    def acting(self, *acts: Act[Change]) -> Session:
        """The session with something more to be done at a desk."""
        return self.but(acts=(*self.acts, *acts))

    def doing(self, deed: Deed) -> Session:
        """The session with something more to be saved, about the draft it is on."""
        return self.but(deeds=(*self.deeds, deed.model_copy(update={"draft": self.place})))
