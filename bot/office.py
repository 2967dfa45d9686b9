"""LibreOffice, where it is installed: a Word file as PDF and its first pages as a picture.

It may exit well without having made anything, leave a process behind that blocks the next one, and fetch what a file
links to. So: a fresh profile, a process group that is killed whatever happens, no network where that can be had, and
only what lies there in the end counts.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot.png import png

PROGRAMS: Final = ("soffice", "libreoffice")
SECONDS: Final = 20
PAGES: Final = 4
SCALE: Final = 0.9
GAP: Final = 12
GREY: Final = b"\xb8\xb8\xb8"
ONE_AT_A_TIME: Final = threading.Lock()


def program() -> str:
    """Where LibreOffice is, "" when it is not installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), "") or ""


def printed(docx: Path, seconds: float = SECONDS) -> tuple[Path, ...]:
    """The PDF and the picture of the first pages, beside the Word file; none of them when there is no getting it."""
    office = program()
    if not office or not ONE_AT_A_TIME.acquire(timeout=seconds):
        return ()
    try:
        with tempfile.TemporaryDirectory(prefix="shenbao-") as name:
            made = _converted(office, docx, Path(name), seconds)
            return (_kept(made, docx.with_suffix(".pdf")), _picture(docx)) if made else ()
    except Exception:  # a page that can't be drawn must not cost the person the Word file
        return ()
    finally:
        ONE_AT_A_TIME.release()


def _converted(office: str, docx: Path, folder: Path, seconds: float) -> Path | None:
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command = [*_alone(), office, *options, "--convert-to", "pdf", "--outdir", str(folder), str(docx)]
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.wait(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    made = folder / f"{docx.stem}.pdf"
    return made if made.is_file() and made.read_bytes()[:5] == b"%PDF-" else None


@lru_cache(maxsize=1)
def _alone() -> tuple[str, ...]:
    """What runs a command without network, nothing where the system doesn't allow it."""
    found = shutil.which("unshare")
    for options in (("-rn",), ("-n",)) if found else ():
        tried = subprocess.run([str(found), *options, "true"], capture_output=True, check=False, timeout=5)
        if tried.returncode == 0:
            return (str(found), *options)
    return ()


def _kept(made: Path, out: Path) -> Path:
    shutil.move(made, out)
    return out


# ---------------------------------------------------------------- the picture
def _picture(docx: Path) -> Path:
    import pypdfium2  # noqa: PLC0415 - loads with the first picture

    document = pypdfium2.PdfDocument(docx.with_suffix(".pdf"))
    try:
        pages = [_pixels(document[number]) for number in range(min(PAGES, len(document)))]
    finally:
        document.close()
    out = docx.with_suffix(".png")
    out.write_bytes(png(*_beside(pages)))
    return out


def _pixels(page: Any) -> list[bytes]:
    """The rows of a page, three bytes a pixel."""
    shown = page.render(scale=SCALE, rev_byteorder=True)
    raw, wide = bytes(shown.buffer), shown.width * 3
    return [raw[start : start + wide] for start in range(0, shown.height * shown.stride, shown.stride)]


def _beside(pages: list[list[bytes]]) -> tuple[int, list[bytes]]:
    """The pages side by side on grey: width in pixels and rows."""
    high = max(map(len, pages))
    widths = [len(page[0]) // 3 for page in pages]
    wide = sum(widths) + GAP * (len(pages) + 1)
    edge, gap = [GREY * wide] * GAP, GREY * GAP
    filled = [page + [GREY * width] * (high - len(page)) for page, width in zip(pages, widths, strict=True)]
    return wide, [*edge, *(gap + gap.join(rows) + gap for rows in zip(*filled, strict=True)), *edge]
