"""An OpenAI-compatible endpoint through LangChain: the parts of an answer as they come, never more than bounded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

import httpx
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from knowledge.answers.answer import Prompt

MOST_BYTES: Final = 512 * 1024
NO_KEY: Final = "none"


class TooMuchError(Exception):
    """The server sends more than any answer takes."""


class Completion:
    """A model by its name at an address."""

    def __init__(self, name: str, url: str, key: str) -> None:
        # Redirects are not followed, for they would take the question to another place than the operator chose.
        # Every chat that asks has a connection: the library's own limit would let half of them wait for the other half.
        self._client = httpx.AsyncClient(
            timeout=None,
            limits=httpx.Limits(max_keepalive_connections=20),
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [_limited]},
        )
        self._chat = ChatOpenAI(
            model=name,
            base_url=url or None,
            api_key=SecretStr(key or NO_KEY),
            temperature=0,
            max_retries=0,
            stream_usage=False,
            http_async_client=self._client,
        )

    async def parts(self, prompt: Prompt) -> AsyncIterator[str]:
        """The parts of the answer; ConnectionError when the server stopped before it was done."""
        reason = ""
        async for part in self._chat.astream([("system", prompt.rules), ("human", prompt.material)]):
            reason = part.response_metadata.get("finish_reason") or reason
            if part.text:
                yield str(part.text)
        if reason != "stop":
            raise ConnectionError

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()


class _Limited(httpx.AsyncByteStream):
    """Only so many bytes of a stream."""

    def __init__(self, whole: Any) -> None:
        self._whole = whole

    async def __aiter__(self) -> AsyncIterator[bytes]:
        received = 0
        async for part in self._whole:
            received += len(part)
            if received > MOST_BYTES:
                raise TooMuchError
            yield part

    async def aclose(self) -> None:
        await self._whole.aclose()


async def _limited(response: Any) -> None:
    """Let only so many bytes of a response in, and none that unpack to more."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise TooMuchError
    response.stream = _Limited(response.stream)
