"""Every kind of damage to every file of a Chroma folder, at rest and under a running process.

In each case the process lives, the question is answered by words, and search by meaning is whole afterwards. Where the
folder had no seal, as after a kill in the middle of writing, damage may stay unseen: there search must go on, no more.
"""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Any

from tests.damage import FILE, FOLDER, nobody
from tests.library.damaged import Case

ROWS = 1100  # beyond a thousand Chroma writes one file more
MOMENTS = ("at rest", "no seal", "live")


def main(seed: str) -> int:
    """Run all cases in a worker; one it dies of has failed, and another worker goes on after it."""
    told: list[dict[str, Any]] = []
    while not told or len(told) < told[-1]["of"]:
        told += _work(seed, len(told))
    failed = [one for one in told if one["wrong"]]
    for one in failed:
        print(f"  {one['name']}: {one['wrong']}")
    print(f"  {len(told)} cases, {len(failed)} failed, slowest {max(one['seconds'] for one in told):.1f} s")
    return 1 if failed else 0


def _work(seed: str, start: int) -> list[dict[str, Any]]:
    """What a worker tells of the cases from `start` on; the last may be the one it died of."""
    command = [sys.executable, "-m", "tests.soak.chroma_damage", seed, str(start)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if not told:
        raise SystemExit("the worker didn't start")
    died = {"wrong": f"the process died ({done.returncode})", "seconds": 0.0}
    return [{**died, **one, **after} for one, after in zip(told[::2], [*told[1::2], {}], strict=False)]


def worker(seed: str, start: int) -> None:
    """Tell each case's name before it and what came of it after it."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        case = Case(folder, ROWS)
        cases = [
            (moment, kind, file)
            for moment in MOMENTS
            for file in (*case.files, "")
            for kind in (FILE if file else FOLDER)
        ]
        for number, (moment, kind, file) in list(enumerate(cases))[start:]:
            _tell(name=f"{moment}: {file.rpartition('/')[2] or 'folder'} {kind}", of=len(cases))
            began = time.monotonic()
            wrong = _tried(case, folder / "data", (moment, kind, file), Random(f"{seed}/{number}"))
            _tell(wrong=wrong, seconds=time.monotonic() - began)


def _tried(case: Case, data: Path, what: tuple[str, str, str], random: Random) -> str:
    moment, kind, file = what
    case.copied(data, sealed=moment != "no seal")
    with nobody(data) if kind == "unreadable" else nullcontext():
        if moment == "live":
            wrong = case.live(data, kind, file, random)
        else:
            wrong = case.at_rest(data, kind, file, random, silent=moment == "no seal")
    shutil.rmtree(data)
    return wrong


def _tell(**what: object) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        worker(sys.argv[1], int(sys.argv[2]))
    else:
        sys.exit(main(sys.argv[1]))
