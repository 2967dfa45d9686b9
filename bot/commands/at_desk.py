"""The operator at a bureau's desk: what the commands on bureaus, their FAQ and their applications work with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.commands import UsageError
from bot.commands.common import settings
from bot.hearing.cities import meant, office_name
from bot.process.settings import Settings
from bot.running import wiring
from bot.store import Store, open_store
from bot.store.desk.bound import Bound
from bot.turn.acts import Act, Change
from bot.turn.scope import PROVINCE, Scope, operator
from knowledge.call.definition import Call


@dataclass(frozen=True)
class AtDesk:
    """The desk of the bureau that is called `said`."""

    settings: Settings
    store: Store
    call: Call
    said: str

    @cached_property
    def scope(self) -> Scope:
        """The operator at the desk that is meant by code, city or name; UsageError for none."""
        if self.said in (PROVINCE, self.call.call.issuer, "省厅"):
            return operator(PROVINCE)
        body = meant(self.said, self.call)
        if body is None:
            wanted = f"没有“{self.said}”这个工信局" if self.said else "请说是哪个工信局"
            raise UsageError(f"{wanted}，可用代码或城市名，例如 {self.call.recommenders[0].code}；省厅用 {PROVINCE}")
        return operator(body.code)

    @property
    def name(self) -> str:
        """Its full name."""
        return office_name(self.scope.bureau, self.call)

    @property
    def today(self) -> date:
        """The day."""
        return wiring.today(self.settings)

    def look(self) -> AbstractContextManager[Bound]:
        """What is there."""
        return self.store.desks.look(self.scope)

    def do(self, *changes: Change, number: int = 0, was: int = 0, name: str = "") -> None:
        """Carry changes out, the first on the version that was seen, each next one on what came of the one before."""
        self.store.perform([Act(self.scope, change, number, was + at, name) for at, change in enumerate(changes)])


@contextmanager
def at_desk(said: str, *, surely: bool = True) -> Iterator[AtDesk]:
    """The desk of a bureau, for the length of the block; UsageError for none at once, or where it is first wanted."""
    configured = settings()
    call = wiring.pack(configured).call
    with closing(open_store(configured.database)) as store:
        desk = AtDesk(configured, store, call, said)
        if surely:
            _ = desk.scope
        yield desk
