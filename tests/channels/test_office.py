"""LibreOffice as it really behaves: works, hangs, says it worked and made nothing, or isn't there."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pypdfium2
import pytest

from bot.outside.office import printed, program
from bot.outside.painting import PAGES
from tests.commands import rows, shenbao
from tests.word.test_roundtrip import PACKS

BLANK = PACKS["shipped"].blank_form
TURNS = ("写申报书", "联合体就叫虚构甲联合体", "导出")


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "虚构 甲.docx"
    path.write_bytes(BLANK.read_bytes())
    return path


def office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called soffice that does what the script says; $out is the folder it should write to."""
    path = folder / "bin" / "soffice"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout=$2\n{script}\n', "utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}:{os.environ['PATH']}")


def test_nothing_is_printed_where_it_is_not_installed(word: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(word.parent))
    assert (program(), printed(word)) == ("", ())


@pytest.mark.parametrize(
    "script", ["exit 0", "exit 1", 'echo "no pdf" > "$out/虚构 甲.pdf"', 'printf %%PDF-1.7 > "$out/虚构 甲.pdf"']
)
def test_only_a_pdf_that_lies_there_counts(script: str, word: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(word.parent, script, monkeypatch)
    assert printed(word) == ()


def test_one_that_hangs_is_killed_with_what_it_started(word: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = word.parent / "still-there"
    office(word.parent, f'(sleep 3; touch "{mark}") &\nsleep 60', monkeypatch)
    start = time.monotonic()
    assert printed(word, seconds=0.5) == ()
    assert time.monotonic() - start < 3
    assert not [one for one in Path("/proc").glob("[0-9]*/cmdline") if str(mark).encode() in _read(one)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.skipif(not program(), reason="LibreOffice is not installed")
def test_an_export_gives_the_word_file_its_pdf_and_a_picture(tmp_path: Path) -> None:
    given = "\n".join(json.dumps({"chat": "a", "text": line}) for line in TURNS)
    last = rows(shenbao("chat", "--jsonl", given=given, data=tmp_path, SHENBAO_OFFICE="on").stdout)[-1]
    files = [Path(reply["file"]) for reply in last["replies"] if reply["file"]]  # type: ignore[attr-defined]
    assert [one.suffix for one in files] == [".docx", ".pdf", ".png"]
    document = pypdfium2.PdfDocument(files[1])
    assert len(document) >= PAGES
    assert "虚构甲联合体" in document[0].get_textpage().get_text_range()
    document.close()
    assert files[2].read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
