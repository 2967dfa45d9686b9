"""Calls to the Bot API: no token in any text, proxies as the environment names them, TLS, time, and big files."""

import asyncio
import io
import logging
import ssl
import subprocess
import traceback
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram import wire as wires
from bot.channels.telegram.wire import Wire, wire

TOKEN = "7000000009:AAcanary_canary_canary_canary_canary_ca"
MB = 1024 * 1024
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server that does what `talk` does with each connection; its port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def called(url: str, data: RequestData | None = None, seconds: float = 5) -> bytes:
    """The body of the answer."""
    client = wire(2, seconds)
    try:
        await client.initialize()
        return (await client.do_request(url, "POST", data))[1]
    finally:
        await client.shutdown()


def saying(text: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(text)
        await writer.drain()

    return talk


@pytest.mark.parametrize(
    "said",
    [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", b"HTTP/1.1 99999 ?\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"],
)  # fmt: skip
def test_whatever_a_server_says_no_text_or_log_holds_the_token(said: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> str:
        asyncio.get_running_loop().set_debug(True)
        async with serving(saying(said)) as port:
            try:
                await called(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")
            except TelegramError as error:
                return "".join(traceback.format_exception(error)) + repr(error)
        return ""

    caplog.set_level(logging.DEBUG)
    told = asyncio.run(main())
    assert "aiohttp" in told
    assert "canary" not in told
    assert "canary" not in caplog.text


def test_an_address_that_is_none_is_no_leak() -> None:
    with pytest.raises(NetworkError) as caught:
        asyncio.run(called(f"http://[bad/bot{TOKEN}/getMe"))
    assert "canary" not in "".join(traceback.format_exception(caught.value))
    assert "canary" not in repr(Wire(2, 5))


def test_a_proxy_for_https_is_asked_for_the_host_and_hears_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))

    async def main() -> None:
        async with serving(talk) as port:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
            with pytest.raises(NetworkError):
                await called(f"https://api.telegram.example/bot{TOKEN}/getMe")

    asyncio.run(main())
    assert heard[0].startswith(b"CONNECT api.telegram.example:443 ")
    assert b"canary" not in heard[0]


def test_a_proxy_is_passed_by_where_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    async def main() -> bytes:
        async with serving(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) as port:
            return await called(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")

    assert asyncio.run(main()) == b"ok"


def test_a_proxy_for_everything_is_left_to_the_librarys_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert isinstance(wire(2, 5), HTTPXRequest)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "2"]
    try:
        subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no openssl here")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)

    async def main() -> None:
        async with serving(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), tls) as port:
            await called(f"https://127.0.0.1:{port}/bot{TOKEN}/getMe")

    with pytest.raises(NetworkError, match="Certificate"):
        asyncio.run(main())


def test_a_server_that_sends_a_byte_now_and_then_is_given_up_and_may_have_heard_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wires, "SLACK", 0.0)
    monkeypatch.setattr(wires, "CONNECT_SECONDS", 0.1)

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    async def main() -> None:
        async with serving(drip) as port:
            await called(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", seconds=0.2)

    with pytest.raises(TimedOut) as raised:
        asyncio.run(main())
    assert wires.unsure(raised.value)


def test_a_file_of_fifty_megabytes_is_sent_piece_by_piece(tmp_path: Path) -> None:
    big = tmp_path / "big.docx"
    with big.open("wb") as made:
        made.truncate(50 * MB)
    received = 0

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal received
        tail = b""
        while part := await reader.read(MB):
            received += len(part)
            tail = (tail + part)[-100:]
            if tail.endswith(b"--\r\n"):
                break
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    async def main(file: io.BufferedReader) -> int:
        sent = InputFile(file, "big.docx", read_file_handle=False)
        data = RequestData([RequestParameter.from_input("document", sent), RequestParameter.from_input("chat_id", 5)])
        async with serving(swallow) as port:
            tracemalloc.start()
            try:
                assert await called(f"http://127.0.0.1:{port}/bot{TOKEN}/sendDocument", data, 20) == b"ok"
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    with big.open("rb") as file:
        peak = asyncio.run(main(file))
    assert received > 50 * MB
    assert peak < 16 * MB
