"""A circuit breaker as a value: after some failures in a row nothing is tried for a while, then one try at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

FAILURES: Final = 3
PAUSE: Final = 60.0
# Why an endpoint that is not tried gave no answer.
RESTING: Final = "left alone after failures"


@dataclass(frozen=True)
class Breaker:
    """How an endpoint has done lately; `until` is the moment before which it is left alone, in seconds."""

    failures: int = 0
    until: float = 0.0

    def allows(self, now: float) -> bool:
        """Whether a call may be made now."""
        return self.failures < FAILURES or now >= self.until

    def tried(self, now: float) -> Breaker:
        """After a call began: when the endpoint is on trial, others wait for what comes of it."""
        return replace(self, until=now + PAUSE) if self.failures >= FAILURES else self

    def succeeded(self) -> Breaker:
        """After a call went well."""
        return Breaker()

    def failed(self, now: float) -> Breaker:
        """After a call went wrong."""
        return Breaker(self.failures + 1, now + PAUSE)
