"""The two kinds of values that go between a conversation and its outside; each wing has its own of them."""

from __future__ import annotations


class Event:
    """Something that happens to a conversation: a person did something, or what an effect asked for is there."""


class Effect:
    """Something a conversation asks the outside to do; the outcome is its next event."""
