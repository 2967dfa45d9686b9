"""The channels that run by themselves, by the name of their command; each is loaded only when it is run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pkgutil import resolve_name
from typing import Final

from bot.delivery.protocol import Opener
from bot.process.condition import Line
from bot.process.settings import Settings

# What opens one, and what looks once whether it can be reached as it is set up.
CHANNELS: Final = {"telegram": ("bot.channels.telegram.bot:Telegram", "bot.channels.telegram.probe:probe")}


def opener(name: str) -> Opener:
    """What opens a channel."""
    opens: Opener = resolve_name(CHANNELS[name][0])
    return opens


def probe(name: str) -> Callable[[Settings], Sequence[Line]]:
    """What looks whether a channel can be reached, and says so in lines."""
    looks: Callable[[Settings], Sequence[Line]] = resolve_name(CHANNELS[name][1])
    return looks
