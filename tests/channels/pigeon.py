"""Another channel, as small as one can be: a loft where letters are JSON lines, one file in, one file out.

A line in is {"n": number, "house": name, "text" or "press" or "file": what}; a line out {"house", "n", "text",
"buttons", "file"}, with "edit" for one that takes the place of an earlier one. Houses that are shut take nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from bot.delivery.messages import content
from bot.delivery.protocol import Arrival, Arrived, File, Heard, Json, Put, Refused, Unreachable
from bot.delivery.threads import Threads
from bot.process.settings import Settings
from bot.store import Letter, Store, Update
from bot.turn.replies import Incoming

CHAT: Final = "pigeon:"
EVERY: Final = 0.01
DEADLINE: Final = 10.0


def loft(settings: Settings) -> Path:
    """Where the letters lie."""
    folder = settings.data / "loft"
    folder.mkdir(exist_ok=True)
    return folder


def letters_in(file: Path) -> list[Json]:
    """The letters that lie in a file, as far as they are written to their end."""
    text = file.read_text("utf-8") if file.exists() else ""
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]


class Pigeon:
    """The channel."""

    def __init__(self, settings: Settings, _store: Store, _threads: Threads) -> None:
        self.source, self.overtaking, self.trouble = ("pigeon", "loft"), 0.0, ""
        self._settings = settings
        self._loft = loft(settings)
        self._ours = asyncio.Event()
        self._read = 0

    async def connect(self) -> None:
        (self._loft / "in").touch()

    async def receive(self, put: Put) -> None:
        while True:
            await self._ours.wait()
            letters = letters_in(self._loft / "in")[self._read :]
            if letters:
                await put(letters)
                self._read += len(letters)
            await asyncio.sleep(EVERY)

    def allow(self, ours: bool) -> None:
        (self._ours.set if ours else self._ours.clear)()

    async def close(self) -> None:
        pass

    def update_of(self, raw: Json) -> Update | None:
        return Update(raw["n"], CHAT + raw["house"], raw) if raw.get("house") else None

    def kept(self, raw: Json) -> None:
        pass

    def hear(self, raw: Any) -> Heard:
        chat = CHAT + raw["house"]
        said = {name: raw[name] for name in ("text", "press") if name in raw}
        base = Incoming(chat, chat, today=self._settings.today, name=raw["house"], **said)
        return Heard(base, File(Path(raw["file"]).name, raw["file"]) if "file" in raw else None, said=str(raw["n"]))

    async def fetch(self, file: File) -> bytes | Refused:
        try:
            return await asyncio.to_thread(Path(file.at).read_bytes)
        except OSError:
            return Refused("信里没有文件。")

    async def send(self, letter: Letter) -> Arrival:
        return self._fly(letter, {})

    async def edit(self, letter: Letter, message: str) -> Arrival:
        return self._fly(letter, {"edit": int(message)})

    def _fly(self, letter: Letter, more: Json) -> Arrival:
        house = letter.chat.removeprefix(CHAT)
        if (self._loft / f"{house} is shut").exists():
            return Unreachable("nobody opens")
        kept, payload = self._loft / "out", letter.payload
        number = len(letters_in(kept)) + 1
        line = {"house": house, "n": number, "text": payload["text"], "buttons": payload.get("buttons", []), **more}
        if "file" in payload:
            (self._loft / payload["name"]).write_bytes(content(payload))
            line["file"] = str(self._loft / payload["name"])
        with kept.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return Arrived(None if more else str(number))

    async def busy(self, chat: str) -> None:
        pass

    async def preview(self, chat: str, number: int, text: str) -> Arrival | None:
        return Arrived()

    async def show(self, chat: str, text: str, message: str) -> Arrival:
        return Refused("a letter is written once")

    def to_person(self, chat: str) -> bool:
        return True


class House:
    """Whoever writes from a house and reads what comes to it."""

    def __init__(self, settings: Settings, name: str = "一号"):
        self._loft, self._name = loft(settings), name
        self._shut = self._loft / f"{name} is shut"

    def write(self, **said: str) -> None:
        """Send a pigeon, with a text, the button pressed, or a file's path."""
        kept = self._loft / "in"
        number = len(letters_in(kept)) + 1
        with kept.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"n": number, "house": self._name, **said}, ensure_ascii=False) + "\n")

    def came(self) -> list[Json]:
        """The letters that came, in order."""
        return [letter for letter in letters_in(self._loft / "out") if letter["house"] == self._name]

    def until(self, enough: Callable[[list[Json]], object]) -> list[Json]:
        """The letters once they are enough, or all that came in time."""
        end = monotonic() + DEADLINE
        while not enough(self.came()) and monotonic() < end:
            sleep(EVERY)
        return self.came()

    def until_texts(self, *texts: str) -> None:
        """Wait until exactly these came."""
        came = self.until(lambda letters: [letter["text"] for letter in letters] == list(texts))
        assert [letter["text"] for letter in came] == list(texts)

    def shut(self, shut: bool) -> None:
        """Take no more letters, or take them again."""
        self._shut.touch() if shut else self._shut.unlink()
