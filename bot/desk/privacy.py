"""What a bureau sees of somebody, told to whoever asks."""

from __future__ import annotations

from bot.interview import filling
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.session import Session
from bot.turn.wish import Consulted
from bot.turn.wording import say


def told(session: Session, _event: Consulted, ground: Ground) -> Turn:
    """Who sees what of a draft before and after it is handed in, and how to have it back or erased."""
    return filling.told(session, say("privacy.told"), ground)


HANDLERS = {"privacy": told}
