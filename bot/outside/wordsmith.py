"""Answers in a model's words where it says the same as the exact answer, and the exact answer everywhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.outside.allowance import Metered
from bot.process.masking import masked
from bot.turn.ports import Asker, Failed, Model, Weighing, WordedAnswer
from bot.turn.replies import SoFar, unheard
from bot.turn.services import Helper
from bot.turn.wording import say
from knowledge.answers.answer import Answer, Citation, Weighed
from knowledge.answers.rewording import Material, Rejected, finished, judge, material, premature

log = logging.getLogger(__name__)

ENDS: Final = "。！？!?\n"


@dataclass(frozen=True)
class Wordsmith:
    """Asks `asker`, and has `model` word what rests on the source `own`, within so many seconds.

    `helper` is the same model's help with drafting.
    """

    asker: Asker
    model: Model
    own: str
    seconds: float
    failed: Callable[[str], None] = lambda _reason: None
    so_far: SoFar = unheard
    helper: Helper | None = None

    def telling(self, so_far: SoFar) -> Wordsmith:
        """The same, telling `so_far` the sentences that were judged, each time there is one more."""
        return replace(self, so_far=so_far)

    def spending(self, spend: Callable[[], bool]) -> Wordsmith:
        """The same, whose model is asked only when `spend` says yes."""
        return replace(self, model=Metered(self.model, spend))

    def ask(self, question: str, *, history: tuple[str, ...] = (), today: date, bureau: str = "") -> Answer:
        """The answer on that day; worded by the model only if every check says that it is the same answer."""
        exact = self.asker.ask(question, history=history, today=today, bureau=bureau)
        given = material(masked(question), exact, self.own)
        said = self._said(given) if given else exact.text
        if isinstance(said, Failed | Rejected):
            self.failed(said.reason)
            log.info("the exact answer was sent: model %s: %s", self.model.name, said.reason)
            return exact
        if given is None or said == exact.text:
            return exact
        return WordedAnswer(
            labelled(said),
            exact.status,
            exact.citations,
            exact.passages,
            exact.background,
            exact=exact.text,
            model=self.model.name,
            prompt=given.prompt.version,
        )

    def note(self, item: str, *, today: date, bureau: str) -> Citation | None:
        """The bureau's note, word for word."""
        return self.asker.note(item, today=today, bureau=bureau)

    def weigh(
        self, questions: Sequence[str], asked: Sequence[str], bureau: str = "", *, ruling: bool = False
    ) -> Weighed:
        """What the notice itself says, exactly."""
        if not isinstance(self.asker, Weighing):
            return Weighed()
        return self.asker.weigh(questions, asked, bureau, ruling=ruling)

    def _said(self, given: Material) -> str | Failed | Rejected:
        """What the model said; it is cut short by its first wrong sentence."""
        text = ""
        for part in self.model.words(given.prompt, self.seconds):
            if isinstance(part, Failed):
                return part
            text += part
            if not _telling(part, text, given):
                continue
            if wrong := premature(text, given):
                return wrong
            if shown := finished(text):
                self.so_far(labelled(shown))
        return judge(text, given)


def labelled(text: str) -> str:
    """A model's words under the mark that they are a model's."""
    return f"{text}\n{say('answer.worded')}"


def _telling(part: str, text: str, given: Material) -> bool:
    """Whether it is time to look: a sentence ended, or there is more than there should be."""
    return len(text) > given.limit or any(end in part for end in ENDS)
