"""Bots killed at random while people write: 20,000 updates and a hundred kills on each database, two bots on the server.

Everything acknowledged is answered once and in order, or at worst a reply is repeated and says so.
UPDATES and KILLS change the counts.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.process.crashpoints import POINTS
from tests.botapi import BotApi
from tests.channels.processes import MARK, Child, process
from tests.postgres import Server, served

UPDATES = int(os.environ.get("UPDATES", "20000"))
KILLS = int(os.environ.get("KILLS", "120"))
CHATS = 60
WAITING = 300
SILENT = 60.0
AWAY = 30.0


@dataclass
class Bots:
    """As many bots as there are folders, each replaced when it is killed, often at a named step."""

    api: BotApi
    folders: list[Path]
    random: Random
    held: ExitStack
    killed: int = 0

    def __post_init__(self) -> None:
        self.running = [self._start(folder) for folder in self.folders]

    def _start(self, folder: Path, last: bool = False) -> Child:
        where = (
            "" if last or self.random.random() < 0.5 else f"{self.random.choice(POINTS)}:{self.random.randint(1, 60)}"
        )
        return self.held.enter_context(process(self.api, folder, where))

    def kill(self) -> None:
        """End one, unless a step has ended it already, and start another in its place."""
        number = self.random.randrange(len(self.folders))
        self.running[number].process.kill()
        self.replace()

    def replace(self, last: bool = False) -> None:
        """Start another bot wherever one has ended."""
        for number, child in enumerate(self.running):
            if child.wait(0) is not None or last:
                child.process.kill()
                child.wait(10)
                self.killed += not last
                self.running[number] = self._start(self.folders[number], last)


def main(seed: str) -> int:
    """Run on both databases; 1 when something was lost, out of order or repeated without saying so."""
    wrong = 0
    for kind in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as name, ExitStack() as held:
            folders = [Path(name) / str(number) for number in range(1 if kind == "sqlite" else 2)]
            server = held.enter_context(served()) if kind == "postgresql" else None
            address = held.enter_context(server.database()) if server else ""
            for folder in folders:
                folder.mkdir()
                if address:
                    (folder / "database").write_text(address)
            wrong += _run(kind, folders, Random(f"{seed}/{kind}"), server)
    return 1 if wrong else 0


def _run(kind: str, folders: list[Path], random: Random, server: Server | None) -> int:
    said: Counter[int] = Counter()
    start = time.monotonic()
    with BotApi() as api, ExitStack() as held:
        bots = Bots(api, folders, random, held)
        moments = sorted(random.randrange(UPDATES) for _ in range(KILLS))
        for number in range(UPDATES):
            chat = random.randint(1, CHATS)
            said[chat] += 1
            api.say(chat, f"m{said[chat]}")
            if random.random() < 0.02 and number > 2 * WAITING:
                api.again()
            _wait(api, bots, sum(said.values()) - WAITING)
            while moments and moments[0] <= number:
                moments.pop(0)
                bots.kill()
            if number == UPDATES // 2 and server:
                with _away(server):
                    time.sleep(AWAY)
        bots.replace(last=True)
        _wait(api, bots, sum(said.values()))
        return _told(kind, api, said, bots, time.monotonic() - start)


@contextmanager
def _away(server: Server) -> Iterator[None]:
    server.stop()
    yield
    server.again()


def _wait(api: BotApi, bots: Bots, count: int) -> None:
    """Wait until so many replies are there; new bots for those that ended by themselves."""
    last, since = -1, time.monotonic()
    while (now := len(api.messages)) < count or _answered(api) < count:
        if now != last:
            last, since = now, time.monotonic()
        if time.monotonic() - since > SILENT:
            return
        bots.replace()
        with api.changed:
            api.changed.wait(0.05)


def _answered(api: BotApi) -> int:
    """How many updates have their reply, however often."""
    with api.changed:
        return len({(chat, one["text"].removesuffix(MARK)) for (chat, _), one in api.messages.items()})


def _told(kind: str, api: BotApi, said: Counter[int], bots: Bots, seconds: float) -> int:
    lost = disorder = marked = unmarked = 0
    for chat, count in said.items():
        texts = api.texts(chat)
        plain = [text.removesuffix(MARK) for text in texts]
        wanted = [f"{number} m{number}" for number in range(1, count + 1)]
        lost += len(set(wanted) - set(plain))
        disorder += list(dict.fromkeys(plain)) != wanted
        marked += len(texts) - len(set(plain))
        unmarked += sum(count - 1 for text, count in Counter(texts).items() if not text.endswith(MARK))
    print(
        f"  {kind}: {sum(said.values())} updates, {bots.killed} kills, {seconds:.0f} s: {lost} lost, {disorder} chats out"
        f" of order, {unmarked} repeated without saying so, {marked} repeated and marked",
        flush=True,
    )
    return lost + disorder + unmarked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
