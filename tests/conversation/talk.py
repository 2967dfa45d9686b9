"""A conversation in a test: messages in, what was said and what is in the draft out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.dialogue.table import step
from bot.turn.effects import Advise, Consult, LookUp, Write
from bot.turn.events import Advised, Found, Said, Written
from bot.turn.ground import Ground
from bot.turn.scope import Scope
from bot.turn.session import Session
from bot.turn.wish import Consulted
from drafting.form.draft import Draft
from drafting.narrative.compose import written
from knowledge.answers.answer import Answer
from knowledge.call import pack
from knowledge.call.definition import Call

CALL = pack.load(pack.DEFAULT).call


@dataclass
class Talk:
    """One person's chat; `asked` are the questions that were looked up, `files` how often a file was made."""

    call: Call = CALL
    session: Session = field(default_factory=Session)
    asked: list[str] = field(default_factory=list)
    files: int = 0

    def say(self, text: str) -> str:
        """All replies to a message, in one text."""
        ground = Ground(self.call, date(2026, 3, 28))
        turn = step(self.session, Said(text), ground)
        replies = [*turn.replies]
        while turn.effect is not None:
            effect = turn.effect
            event: Found | Written | Advised | Consulted
            if isinstance(effect, Advise):
                event = Advised(effect, None)
            elif isinstance(effect, Consult):
                event = Consulted(effect.wish, Scope("", "applicant", "a"))
            elif isinstance(effect, LookUp):
                self.asked.append(effect.question)
                event = Found(Answer("答：见通知。", "answered"), effect.unread, effect.more, effect.question)
            else:
                assert isinstance(effect, Write)
                self.files += 1
                event = Written(Path("/tmp/甲.docx"))
            turn = step(turn.session, event, ground)
            replies += turn.replies
        self.session = Session.model_validate_json(turn.session.model_dump_json())
        return "\n".join(reply.text for reply in replies)

    @property
    def draft(self) -> Draft:
        return self.session.draft

    def section(self, id_: str) -> tuple[str, ...]:
        """A narrative section as it would be in the file."""
        return written(self.call.section(id_), self.draft, self.call)
