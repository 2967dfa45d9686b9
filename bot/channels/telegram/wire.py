"""Calls to the Bot API over aiohttp, which costs a fifth of the time the library's own client takes."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode
from urllib.request import getproxies

import aiohttp
import httpx
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

CONNECT_SECONDS: Final = 5.0
PLAIN: Final = {"Content-Type": "application/x-www-form-urlencoded"}
# What a call may take in all, over what its answer may: a server that sends a byte now and then meets no other limit.
SLACK: Final = 10.0
FILE_SECONDS: Final = 300.0
# After these nobody knows whether a call has arrived.
UNSURE: Final = (
    aiohttp.ServerDisconnectedError,
    aiohttp.SocketTimeoutError,
    aiohttp.ClientPayloadError,
    httpx.ReadTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.RemoteProtocolError,
)


def wire(connections: int, read_seconds: float) -> BaseRequest:
    """A client with so many connections at a time; a proxy for everything, SOCKS too, is left to the library's own."""
    if "all" in getproxies():
        return HTTPXRequest(connection_pool_size=connections, read_timeout=read_seconds, pool_timeout=30)
    return Wire(connections, read_seconds)


def unsure(error: BaseException) -> bool:
    """Whether a call that failed so may have arrived all the same."""
    cause = error.__cause__
    if type(cause) is TimeoutError:
        # The limit on a call as a whole, which may long have been there.
        return True
    if isinstance(cause, aiohttp.ClientOSError) and not isinstance(cause, aiohttp.ClientConnectorError):
        return True
    return isinstance(cause, UNSURE)


class Wire(BaseRequest):
    """One pool of connections, kept alive; proxies as the environment names them."""

    def __init__(self, connections: int, read_seconds: float):
        self._connections = connections
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds an answer may take."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            pool = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=pool, trust_env=True, auto_decompress=True)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer; TimedOut, or NetworkError whose cause says what happened."""
        await self.initialize()
        assert self._session is not None
        seconds = self._read_seconds if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        file = method == "GET" or (request_data is not None and request_data.contains_files)
        whole = FILE_SECONDS if file or seconds is None else seconds + CONNECT_SECONDS + SLACK
        timeout = aiohttp.ClientTimeout(total=whole, sock_connect=CONNECT_SECONDS, sock_read=seconds)
        given = {**_body(request_data), "timeout": timeout, "allow_redirects": False}
        try:
            async with self._session.request(method, url, **given) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientResponseError, aiohttp.InvalidURL) as error:
            # Their own text holds the address, too.
            raise _without_address(error) from None
        except (aiohttp.ClientError, OSError) as error:
            raise _without_address(error) from error


def _body(data: RequestData | None) -> dict[str, Any]:
    """What goes with a call: a form, with its files if there are any."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": urlencode(data.json_parameters).encode(), "headers": PLAIN}
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file, content_type=kind)
    return {"data": form}


def _without_address(error: Exception) -> TelegramError:
    # The address holds the token.
    return NetworkError(f"aiohttp.{type(error).__name__}: {getattr(error, 'strerror', None) or ''}")
