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
from typing import Final

from bot.outside.painting import sheet

PROGRAMS: Final = ("soffice", "libreoffice")
SECONDS: Final = 20
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
            return _kept(made, docx) if made else ()
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


def _kept(made: Path, docx: Path) -> tuple[Path, ...]:
    """The PDF brought beside the Word file, and the picture of it."""
    pdf = docx.with_suffix(".pdf")
    shutil.move(made, pdf)
    return pdf, sheet(pdf, docx.with_suffix(".png"))
