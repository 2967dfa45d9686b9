"""A model's part in drafting: a message the grammar can't read, a section in words; judged before anybody sees it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot.interview.show import label
from bot.outside.allowance import Metered
from bot.process.masking import masked
from bot.turn.effects import Read, Word
from bot.turn.ports import Failed, Model
from drafting.form.draft import Draft, Point
from drafting.form.understood import Understood
from drafting.narrative.grounded import frame
from drafting.narrative.judged import Basis, Judged, judged
from drafting.narrative.points import facts
from drafting.reading.orders import Kind
from drafting.reading.proposal import proposed
from drafting.reading.setting import Setting
from knowledge.answers.answer import Prompt
from knowledge.answers.rewording import BIDDING, quoted, visible
from knowledge.call.definition import Call, Section
from knowledge.language.folding import length
from prompts import prompt, version

log = logging.getLogger(__name__)

# A section is some ten times as long as an answer.
PATIENCE: Final = 4.0
MOST_READ, MOST_FACTS, RAMBLING = 2000, 12_000, 20_000
ROOM, OWN_ROOM = 1.2, 1.6
LONG_NUMBER: Final = re.compile(r"\d{11,}[\dXx]?")
WISHES: Final[dict[Kind, str]] = {"again": "wish_again", "shorter": "wish_shorter", "longer": "wish_longer"}


@dataclass(frozen=True)
class Helping:
    """Asks `model` for at most so many seconds an answer, and lets nothing through that was not said.

    `failed` is told why it gave no answer.
    """

    model: Model
    call: Call
    seconds: float
    failed: Callable[[str], None] = lambda _reason: None

    def spending(self, spend: Callable[[], bool]) -> Helping:
        """The same, whose model is asked only when `spend` says yes."""
        return replace(self, model=Metered(self.model, spend))

    def read(self, asked: Read) -> Understood:
        """What a text may mean; empty when the model fails, or says what the text doesn't."""
        if len(asked.text) > MOST_READ or BIDDING.search(visible(asked.text)):
            return Understood()
        said = self._said(read_prompt(asked, self.call), self.seconds)
        setting = Setting(self.call, asked.draft, asked.asking)
        return proposed(said, asked.text, setting) if isinstance(said, str) and said else Understood()

    def word(self, asked: Word) -> Judged:
        """A section in words; with a reason instead when the model fails or too little of it may stand."""
        basis = section_basis(self.call.section(asked.section), asked.draft, self.call)
        sent = _sent(basis, asked.draft, self.call)
        if not sent:
            return Judged(reason="nothing may be sent")
        filled = word_prompt(asked, basis, sent)
        said = self._said(filled, self.seconds * PATIENCE)
        if isinstance(said, Failed):
            return Judged(reason=said.reason)
        found = judged(said, replace(basis, rules=filled.rules))
        if found.reason:
            log.info("no wording of a section: model %s: %s", self.model.name, found.reason)
        return found

    def _said(self, filled: Prompt, seconds: float) -> str | Failed:
        """The model's whole text, "" when it is too long to be one."""
        text = ""
        for part in self.model.words(filled, seconds):
            if isinstance(part, Failed):
                self.failed(part.reason)
                log.info("no help with drafting: model %s: %s", self.model.name, part.reason)
                return part
            text += part
            if len(text) > RAMBLING:
                return ""
        return text


# ---------------------------------------------------------------- reading
def read_prompt(asked: Read, call: Call) -> Prompt:
    """The form's own cells and tasks, and the message as data; nothing about persons."""
    fields = "\n".join(f"{one.id}：{label(one.id, call)}" for one in call.field_by_id.values() if not one.personal)
    tasks = "\n".join(f"{one.number}：{one.short}{'，' + one.indicator if one.indicator else ''}" for one in call.tasks)
    sections = "\n".join(
        f"{one.id}：{one.title}（{'、'.join(a.name for a in one.aspects)}）" for one in call.narratives()
    )
    rules = prompt("read", shape=prompt("shape"), fields=fields, tasks=tasks, sections=sections)
    units = "\n".join(one.name for one in asked.draft.members)
    asking = label(asked.asking, call) if asked.asking else ""
    filled = prompt("message", asking=quoted(asking), units=quoted(units), text=_private(asked.text, asked.draft, call))
    return Prompt(rules, filled, version("read", "shape", "message"))


def _private(text: str, draft: Draft, call: Call) -> str:
    """The text as data without phones, addresses, long numbers and what the form holds of persons."""
    for key, value in draft.fields.items():
        if call.field_by_id[key].personal and len(value) > 1:
            text = text.replace(value, "＊＊")
    return LONG_NUMBER.sub("＊＊", masked(quoted(text)))


# ---------------------------------------------------------------- wording
def section_basis(section: Section, draft: Draft, call: Call) -> Basis:
    """What a wording of a section may rest on, and how long it may get."""
    said = facts(draft, section)
    own = int(sum(length(one.text) for one in said) * OWN_ROOM) + 200
    return Basis(section, said, frame(draft, call), "", max(own, int((section.length or 0) * ROOM)))


def _sent(basis: Basis, draft: Draft, call: Call) -> tuple[Point, ...]:
    """The facts a model gets to see: no person's data, no order to a model, no more than it can take."""
    plain = [one for one in basis.facts if _private(one.text, draft, call) == quoted(one.text)]
    sent = tuple(one for one in plain if not BIDDING.search(visible(one.text)))
    return sent if sum(len(one.text) for one in sent) <= MOST_FACTS else ()


def word_prompt(asked: Word, basis: Basis, sent: tuple[Point, ...]) -> Prompt:
    """The rules with the length allowed, and the facts under their aspects as data."""
    section, wish = basis.section, WISHES.get(asked.kind, "wish_word")
    shown = "\n".join(f"- {f'（{one.aspect}）' if one.aspect else ''}{quoted(one.text)}" for one in sent)
    filled = prompt(
        "facts",
        title=section.title,
        aspects="、".join(one.name for one in section.aspects),
        wish=prompt(wish),
        facts=shown,
        frame=masked(quoted(basis.frame)),
        before=masked(quoted("\n".join(asked.before))),
    )
    return Prompt(prompt("section", limit=basis.most), filled, version("section", "facts", wish))
