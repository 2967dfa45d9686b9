"""What a conversation stands on besides its session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.turn.overlay import SILENT, Overlay
from bot.turn.team import ALONE, Team
from bot.turn.wording import say
from knowledge.call.definition import Call


@dataclass(frozen=True)
class Ground:
    """What a conversation stands on besides its session: the call, the day, whether drafting is allowed here, whether
    pictures can be seen, the time of day as it is shown, and the day the person last wrote; both may be unknown.

    `team` is who is in the draft, `name` what the person is called on this channel, `model` whether there is one,
    `bureau` the code of the one that answers whoever chose none, `chat` where the conversation is, `user` who speaks,
    `matter` what the message answers, `overlay` what the bureau says of itself.
    """

    call: Call
    today: date
    drafting: bool = True
    private: bool = True
    pictures: bool = False
    now: str = ""
    seen: date | None = None
    team: Team = ALONE
    name: str = ""
    model: bool = False
    bureau: str = ""
    chat: str = ""
    user: str = ""
    matter: str = ""
    replying: bool = False
    overlay: Overlay = SILENT

    @property
    def barred(self) -> str:
        """Why nothing is drafted here: the channel is closed to drafts, or others read along; else empty."""
        if not self.private:
            return say("draft.private")
        return "" if self.drafting else say("draft.off")
