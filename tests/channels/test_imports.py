"""What is imported where: types and settings load no library of a channel or a store."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"sqlalchemy", "telegram", "httpx", "docx", "chromadb", "langchain_core"}
SHOW = "import sys, importlib; importlib.import_module(sys.argv[1]); print(*sys.modules)"


@pytest.mark.parametrize(
    "module",
    [
        "bot.turn.ports",
        "bot.turn.replies",
        "bot.process.settings",
        "bot.process.lock",
        "bot.process.logs",
        "bot.running.doctor",
    ],
)
def test_no_heavy_library_comes_along(module: str) -> None:
    command = [sys.executable, "-c", SHOW, module]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert HEAVY & set(done.stdout.split()) == set()
