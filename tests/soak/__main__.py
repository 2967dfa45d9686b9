"""`python -m tests.soak [--seed N] [--count N] [loop…]`: every loop, or those named; 1 when one of them failed."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time

import tests.soak


def main() -> int:
    """Run the loops and print a line of figures each."""
    names = [one.name for one in pkgutil.iter_modules(tests.soak.__path__) if not one.name.startswith("_")]
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("loops", nargs="*", default=names, choices=names)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--count", type=int, default=0, help="how many turns each loop makes; its own number if 0")
    given = parser.parse_args()
    failed = False
    for name in given.loops:
        loop = importlib.import_module(f"tests.soak.{name}")
        figures = loop.run(given.seed, given.count or loop.COUNT)
        failed = failed or bool(figures["failures"])
        print(f"{name} seed={given.seed} " + " ".join(f"{key}={value}" for key, value in figures.items()), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
