"""Updates a second beside the bare echo bot on the same loopback server: 50 and 1,000 chats, lockstep and flood.

python -m tests.bench.telegram [DATABASE ADDRESS]
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Final

from bot.delivery import sentences
from bot.delivery.messages import posts
from bot.process.settings import Settings
from bot.running import conversation
from bot.turn.outcome import Saved
from bot.turn.ports import Assistant
from bot.turn.replies import Incoming
from tests.bench.loopback import TOKEN, Loopback
from tests.postgres import served

ROOT: Final = Path(__file__).parents[2]
MESSAGES: Final = int(os.environ.get("MESSAGES", "2000"))
SHAPES: Final = ((50, "lockstep"), (50, "flood"), (1000, "lockstep"), (1000, "flood"))
DAY: Final = "2026-03-28"
SAID: Final = ("你好", "成员单位最少几家", "几号截止", "任务5是必选吗", "谢谢", "申报书要几份", "可选任务有哪些", "工业母机属于哪个集群")  # fmt: skip
SILENT: Final = 60.0
COMMANDS: Final = {
    "echo": ["-m", "tests.bench.echo"],
    "small": ["-m", "tests.bench.small"],
    "slow": ["-m", "tests.bench.small", "1"],
    "ours": ["-m", "bot.cli", "telegram"],
}


Wanted = Sequence[Sequence[str]]


@dataclass
class Run:
    """One load on one bot: `due` holds when each chat's messages were sent and what should come back."""

    chats: int
    mode: str
    said: tuple[str, ...]
    wanted: Wanted
    api: Loopback = field(init=False)
    took: list[float] = field(default_factory=list)
    wrong: int = 0

    def __post_init__(self) -> None:
        self.api = Loopback(self._heard)
        self._asked: dict[int, list[float]] = {}
        self._answered: dict[int, int] = {}
        self.count = MESSAGES // self.chats * self.chats
        self._left = self.count
        self._done = asyncio.Event()
        self._first = asyncio.Event()

    async def measure(self) -> float:
        """Feed everything and wait for the last answer; how long it took."""
        self._ask(0)
        await asyncio.wait_for(self._first.wait(), SILENT)
        self._left = self.count
        start = time.perf_counter()
        per_chat = 1 if self.mode == "lockstep" else self.count // self.chats
        for _ in range(per_chat):
            for chat in range(1, self.chats + 1):
                self._ask(chat)
        before = -1
        while not self._done.is_set() and before != len(self.took):
            before = len(self.took)
            try:
                await asyncio.wait_for(self._done.wait(), SILENT)
            except TimeoutError:
                continue
        return time.perf_counter() - start

    @property
    def lost(self) -> int:
        """How many were never answered."""
        return self.count - len(self.took)

    def _ask(self, chat: int) -> None:
        asked = self._asked.setdefault(chat, [])
        self._left -= 1
        # Each chat begins elsewhere, so that what is asked at a time is as mixed as in life.
        asked.append(self.api.say(chat, self.said[(chat + len(asked)) % len(self.said)]))

    def _heard(self, chat: int, text: str) -> None:
        if chat == 0:
            self._first.set()
            return
        if text == sentences.FLOOD:
            return
        number = self._answered.get(chat, 0)
        self._answered[chat] = number + 1
        self.wrong += text != self.wanted[chat % len(self.wanted)][number]
        self.took.append((time.perf_counter() - self._asked[chat][number]) * 1000)
        if self.mode == "lockstep" and self._left > 0:
            self._ask(chat)
        if len(self.took) >= self.count:
            self._done.set()


def spoken(start: int) -> list[str]:
    """What a chat that begins there says, longer than any chat lasts."""
    return [SAID[(start + number) % len(SAID)] for number in range(MESSAGES // SHAPES[0][0] + 20)]


def answers() -> Wanted:
    """What the real assistant says to a chat that begins at each place."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data), today=date.fromisoformat(DAY), office=False)
        assistant = conversation.assistant(settings)
        return tuple(_told(assistant, spoken(start)) for start in range(len(SAID)))


def _told(assistant: Assistant, texts: Sequence[str]) -> list[str]:
    saved = Saved("tg:1")
    out: list[str] = []
    for text in texts:
        outcome = assistant.handle(Incoming("tg:1", "tg:1", text=text, pictures=True), saved)
        saved = Saved("tg:1", outcome.state, saved.version + 1)
        out += [post.payload["text"] for post in posts(outcome.replies, "tg:1", "")]
    assert len(out) == len(texts), out
    return out


SAME: Final = tuple(spoken(start) for start in range(len(SAID)))


@contextmanager
def bot(kind: str, api: str, database: str) -> Iterator[int]:
    """A bot as a process of its own; its number."""
    with tempfile.TemporaryDirectory() as data:
        told = {"SHENBAO_DATA": data, "SHENBAO_TODAY": DAY, "SHENBAO_OFFICE": "off", "SHENBAO_TELEGRAM_API": api,
                "SHENBAO_TELEGRAM_TOKEN": TOKEN, "SHENBAO_DATABASE_URL": database}  # fmt: skip
        command = [sys.executable, *COMMANDS[kind], *([api] if kind == "echo" else [])]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stdout=quiet, stderr=quiet) as child:
            try:
                yield child.pid
            finally:
                child.terminate()
                child.wait(20)


async def measured(kind: str, shape: tuple[int, str], database: str, texts: Wanted) -> tuple[float, float]:
    """Print one line of the table; updates a second and p99."""
    run = Run(*shape, SAID, texts if kind == "ours" else SAME)
    server = await run.api.open()
    with bot(kind, run.api.url, database) as pid:
        seconds = await run.measure()
        status = Path(f"/proc/{pid}/status").read_text()
    server.close()
    memory = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024
    took = sorted(run.took) or [0.0]
    rate, p99 = len(run.took) / seconds, took[int(len(took) * 0.99) - 1]
    print(f"  {kind:<6} {shape[0]:>5} {shape[1]:<9} {rate:8.0f} {median(took):9.1f} {p99:9.1f} {memory:7.0f}"
          f" {run.wrong:6} {run.lost:5}", end="", flush=True)  # fmt: skip
    return rate, p99


def table(database: str = "", kinds: tuple[str, ...] = ("echo", "small", "ours")) -> None:
    """Print the table for a database; `small` is our channel and store with an assistant that costs nothing."""
    print(f"\nTelegram on loopback, {MESSAGES} messages, {database.partition(':')[0] or 'sqlite'}")
    print("  bot    chats mode       upd./s    p50 ms    p99 ms  mem MB  wrong  lost   of echo  p99 to echo")
    texts = answers() if "ours" in kinds else SAME
    for shape in SHAPES:
        echo = (0.0, 0.0)
        for kind in kinds:
            rate, p99 = asyncio.run(measured(kind, shape, database, texts))
            echo = (rate, p99) if kind == "echo" else echo
            print(f"  {rate / echo[0]:8.2f} {p99 / echo[1]:12.1f}" if kind != "echo" and echo[0] else "")


async def together(count: int, database: str) -> float:
    """Updates a second that so many bots carry together, each handler waiting as for a model."""
    run = Run(200, "flood", SAID, SAME)
    server = await run.api.open()
    with ExitStack() as held:
        for _ in range(count):
            held.enter_context(bot("slow", run.api.url, database))
        await asyncio.sleep(3)
        seconds = await run.measure()
    server.close()
    print(f"  {count} bots: {len(run.took) / seconds:.0f} updates/s, {run.wrong} wrong, {run.lost} lost", flush=True)
    return len(run.took) / seconds


def main() -> None:
    """Print everything."""
    table()
    with served() as server:
        with server.database() as address:
            table(address, ("echo", "small"))
        print("\nreplicas on PostgreSQL, handlers that wait 1 s, 200 chats")
        rates = []
        for count in (1, 2):
            with server.database() as address:
                rates.append(asyncio.run(together(count, address)))
        print(f"  two carry {rates[1] / rates[0]:.2f} times one")


if __name__ == "__main__":
    main()
