"""Data folders that were used before: their index, which takes longer to make than most tests, is a copy of one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from knowledge.answers.engine import AnswerEngine
from knowledge.call import pack


def furnished(data: Path) -> Path:
    """The folder, made where it isn't, with the shipped call's index as whoever asked there before left it."""
    if not (data / "index").exists():
        shutil.copytree(_made(), data / "index")
    return data


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="shenbao-index-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    AnswerEngine.open(pack.load(pack.DEFAULT), folder).close()
    return folder / "index"
