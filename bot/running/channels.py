"""The channels that run by themselves, by the name of their command; each is loaded only when it is run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Final

from bot.delivery.protocol import Opener
from bot.process.condition import Line
from bot.process.settings import Settings

Probe = Callable[[Settings], Sequence[Line]]


@dataclass(frozen=True)
class Kind:
    """Where a channel is found, and what looks whether it can be reached as it is set up."""

    opens: str
    probes: str

    @property
    def opener(self) -> Opener:
        """What opens it."""
        opener: Opener = resolve_name(self.opens)
        return opener

    @property
    def probe(self) -> Probe:
        """What asks it once."""
        probe: Probe = resolve_name(self.probes)
        return probe


CHANNELS: Final = {"telegram": Kind("bot.channels.telegram.bot:Telegram", "bot.channels.telegram.probe:probe")}
