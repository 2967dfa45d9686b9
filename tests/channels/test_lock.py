"""One long-running process per data folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.process.lock import LockError, only_one

HOLD = """
import sys
from pathlib import Path
from bot.process.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(LockError, match=f"进程 {first.pid}"), only_one(tmp_path):
            pass
        first.kill()
    with only_one(tmp_path):
        assert (tmp_path / "running.lock").read_text() == str(os.getpid())
    with only_one(tmp_path):
        pass


def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LockError, match="SHENBAO_DATA"), only_one(tmp_path / "file"):
        pass
