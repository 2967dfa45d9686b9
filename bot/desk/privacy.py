"""What a bureau sees of somebody, told to whoever asks."""

from __future__ import annotations

from bot import filling
from bot.events import Consulted, Turn
from bot.filling import Ground
from bot.session import Session
from bot.wording import say


def told(session: Session, _event: Consulted, ground: Ground) -> Turn:
    """Who sees what of a draft before and after it is handed in, and how to have it back or erased."""
    return filling.told(session, say("privacy.told"), ground)


HANDLERS = {"privacy": told}
