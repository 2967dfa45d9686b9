"""One engine in a process of its own, so that its memory is its own: NAME COUNT, figures out as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from pathlib import Path
from statistics import median

from tests.bench.engines import ENGINES
from tests.bench.material import queries, texts

ASKED = 100
FIRST = "成员单位最少几家"


def main() -> None:
    """Build and ask, or with COUNT 0 answer one question over the shipped notice as a cold start does."""
    warnings.simplefilter("ignore")
    name, count = sys.argv[1], int(sys.argv[2])
    print(json.dumps(cold(name) if count == 0 else warm(name, count)))


def cold(name: str) -> dict[str, float]:
    """Find the clause for one question in the notice, index made on the way as LangChain's quickstart does."""
    notice = Path(__file__).parents[2] / "knowledge" / "calls" / "jiangsu_2026" / "notice.txt"
    lines = [line.strip() for line in notice.read_text("utf-8").splitlines() if line.strip()]
    return {"found": len(ENGINES[name](lines)(FIRST))}


def warm(name: str, count: int) -> dict[str, float]:
    """Build time in s, memory in MB, milliseconds per query, share of queries whose text came first."""
    start = time.perf_counter()
    ask = ENGINES[name](texts(count))
    built = time.perf_counter() - start
    ask("请问春天的茶是什么")
    took, right, asked = [], 0, list(queries(ASKED, count))
    for number, query in asked:
        start = time.perf_counter()
        found = ask(query)
        took.append((time.perf_counter() - start) * 1000)
        right += found[:1] == [number]
    took.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"build": built, "memory": memory, "p50": median(took), "p95": took[int(len(took) * 0.95)],
            "per_second": 1000 * len(took) / sum(took), "first": right / len(asked)}  # fmt: skip


if __name__ == "__main__":
    main()
