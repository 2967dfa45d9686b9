"""Any OpenAI-compatible chat model, through LangChain: its words within one deadline, or a value that says why not."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from typing import Final, Protocol

from bot.outside.allowance import RESTING, Breaker
from bot.turn.ports import Failed
from knowledge.answers.answer import Prompt

log = logging.getLogger(__name__)

# What the deadline may be overrun by when this machine is too busy to keep it.
GRACE: Final = 0.25
Part = str | Failed | None


class Chat(Protocol):
    """An endpoint that is there to be asked."""

    def parts(self, prompt: Prompt) -> AsyncIterator[str]:
        """The parts of its answer; an error when it is not whole."""

    async def aclose(self) -> None:
        """Let go of the connections."""


class ChatModel:
    """One endpoint. Calls come from many threads; one loop of its own carries them all, so each can be cut off.

    A read time-out would not do: a server that sends a byte now and then never meets it.
    """

    def __init__(self, name: str, url: str, key: str, clock: Callable[[], float] = time.monotonic):
        self.name = name
        self._at = (url, key)
        self._clock = clock
        self._breaker = Breaker()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._chat: Chat | None = None

    def warm(self) -> None:
        """Load the library in the background, so that the first question doesn't wait for it."""
        self._running().call_soon_threadsafe(self._load)

    def rests(self) -> bool:
        """Whether it is left alone just now, after failures."""
        with self._lock:
            return not self._breaker.allows(self._clock())

    def words(self, prompt: Prompt, seconds: float) -> Iterator[str | Failed]:
        """The model's words as they come; a Failed is the last one. Nothing is raised, all is over in `seconds`."""
        if not self._allowed():
            yield Failed(RESTING)
            return
        said = failed = False
        try:
            for part in self._parts(prompt, seconds):
                failed = isinstance(part, Failed)
                said = said or (isinstance(part, str) and bool(part.strip()))
                yield part
            if not (said or failed):
                yield Failed("said nothing")
        finally:
            # Also when whoever listens has heard enough, which is no fault of the endpoint.
            self._note(said and not failed)

    def close(self) -> None:
        """Cut off what is under way and let go of the connections."""
        if self._loop is None:
            return
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(_end(self._chat), self._loop).result(GRACE * 4)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = None

    def _allowed(self) -> bool:
        with self._lock:
            now = self._clock()
            allowed = self._breaker.allows(now)
            self._breaker = self._breaker.tried(now) if allowed else self._breaker
        return allowed

    def _note(self, well: bool) -> None:
        with self._lock:
            self._breaker = self._breaker.succeeded() if well else self._breaker.failed(self._clock())

    def _parts(self, prompt: Prompt, seconds: float) -> Iterator[str | Failed]:
        parts: queue.SimpleQueue[Part] = queue.SimpleQueue()
        end = self._clock() + seconds + GRACE
        asking = asyncio.run_coroutine_threadsafe(self._ask(prompt, seconds, parts.put), self._running())
        try:
            while (part := parts.get(timeout=max(0.0, end - self._clock()))) is not None:
                yield part
                if isinstance(part, Failed):
                    return
        except queue.Empty:
            yield Failed("late")
        finally:
            asking.cancel()

    async def _ask(self, prompt: Prompt, seconds: float, put: Callable[[Part], None]) -> None:
        try:
            async with asyncio.timeout(seconds):
                async for part in self._client().parts(prompt):
                    put(part)
            put(None)
        except TimeoutError:
            put(Failed("late"))
        except Exception as error:
            # Whatever a server or a library does wrong ends here; the text of an error may hold what a person wrote.
            put(Failed(type(error).__name__))

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="model", daemon=True)
                self._thread.start()
            return self._loop

    def _load(self) -> None:
        with suppress(Exception):
            self._client()

    def _client(self) -> Chat:
        if self._chat is None:
            # LangChain takes a second and a half, which `warm` spends while nobody waits.
            from bot.outside.completion import Completion  # noqa: PLC0415

            self._chat = Completion(self.name, *self._at)
        return self._chat


async def _end(chat: Chat | None) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    if chat is not None:
        await chat.aclose()
