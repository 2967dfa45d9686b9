"""How long chats wait when all ask at once and a model takes two seconds: no chat should wait for another.

python -m tests.bench.slow_model
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.bench.loopback import TOKEN, Loopback
from tests.bench.telegram import DAY, ROOT
from tests.model.openai_api import OpenAiApi, Wire, echoes, faithful

QUESTION: Final = "上海的公司能牵头吗"
SECONDS: Final = 2.0
CHATS: Final = (1, 50, 200, 400)
SILENT: Final = 60.0
QUOTED: Final = "——"


def answer(wire: Wire) -> None:
    """A good wording, after two seconds."""
    threading.Event().wait(SECONDS)
    echoes(faithful)(wire)


class Edited(Loopback):
    """A Bot API whose `heard` is told of edits, too."""

    async def answer(self, method: str, params: dict[str, str]) -> Any:
        """What a call comes to."""
        if method == "editMessageText":
            self.heard(int(params["chat_id"]), params["text"])
        return await super().answer(method, params)


async def measured(chats: int) -> None:
    """Print one line of the table."""
    took: dict[int, float] = {}
    done, first = asyncio.Event(), asyncio.Event()
    asked: dict[int, float] = {}

    def heard(chat: int, text: str) -> None:
        if chat == 0:
            first.set()
        elif QUOTED in text and chat not in took:
            took[chat] = time.perf_counter() - asked[chat]
            if len(took) == chats:
                done.set()

    api = Edited(heard)
    server = await api.open()
    with OpenAiApi(answer) as model, tempfile.TemporaryDirectory() as data:
        told = {"SHENBAO_DATA": data, "SHENBAO_TODAY": DAY, "SHENBAO_OFFICE": "off", "SHENBAO_TELEGRAM_API": api.url,
                "SHENBAO_TELEGRAM_TOKEN": TOKEN, "SHENBAO_MODEL": "bench", "SHENBAO_MODEL_URL": model.url}  # fmt: skip
        command = [sys.executable, "-m", "bot.cli", "telegram"]
        child = subprocess.Popen(command, cwd=ROOT, env={**told, "PATH": ""}, stderr=subprocess.DEVNULL)
        try:
            api.say(0, QUESTION)
            await asyncio.wait_for(first.wait(), SILENT)
            await asyncio.sleep(SECONDS)
            start = time.perf_counter()
            for chat in range(1, chats + 1):
                asked[chat] = api.say(chat, QUESTION)
            await asyncio.wait_for(done.wait(), SILENT)
            whole = time.perf_counter() - start
            status = Path(f"/proc/{child.pid}/status").read_text()
        finally:
            child.terminate()
            child.wait(20)
    server.close()
    memory = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024
    times = sorted(took.values())
    print(f"  {chats:>5} {median(times):9.2f} {times[int(len(times) * 0.95) - 1]:8.2f} {times[-1]:8.2f} {whole:8.2f}"
          f" {memory:8.0f}", flush=True)  # fmt: skip


def main() -> None:
    """Print the table."""
    print(f"\nTelegram on loopback with a model of {SECONDS:.0f} s, all chats at once; s from question to answer")
    print("  chats    median      p95  slowest    whole   mem MB")
    for chats in CHATS:
        asyncio.run(measured(chats))


if __name__ == "__main__":
    main()
