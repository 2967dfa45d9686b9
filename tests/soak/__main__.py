"""`make soak`: loops too long for `make test`, each of which stops by itself. Names of loops may be given, and SEED."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
LOOPS = tuple(sorted(one.stem for one in HERE.glob("*.py") if not one.stem.startswith("_")))


def main(names: list[str]) -> int:
    """Run each loop in a process of its own; 1 when one of them failed."""
    seed = os.environ.get("SEED") or str(time.time_ns() % 1_000_000)
    failed = []
    for name in names or LOOPS:
        print(f"{name}, SEED={seed}", flush=True)
        start = time.monotonic()
        command = [sys.executable, "-m", f"tests.soak.{name}", seed]
        if subprocess.run(command, check=False, cwd=HERE.parents[1]).returncode:
            failed.append(name)
        print(f"  {time.monotonic() - start:.0f} s", flush=True)
    print(f"failed: {', '.join(failed)}" if failed else "all held")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
