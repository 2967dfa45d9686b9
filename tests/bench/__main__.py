"""`make bench`: our ratios against peers in one run. BIG=1 adds 100,000 passages; what isn't installed is skipped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from knowledge.answers.engine import AnswerEngine
from knowledge.call import pack
from tests.bench import slow_model, telegram
from tests.bench.forms import forms
from tests.bench.turns import turns

ROOT = Path(__file__).parents[2]
ASKED = ROOT / "tests" / "ask" / "strangers.jsonl"
PEERS = {"LangChain BM25 + jieba": ("jieba", "langchain_community", "rank_bm25"), "LangChain + Chroma, hashing": ("langchain_chroma",),
         "FTS5": (), "bm25s": ("bm25s",), "tantivy": ("tantivy",)}  # fmt: skip
SLOW = {"LangChain BM25 + jieba", "LangChain + Chroma, hashing"}
QUESTIONS = ("成员单位最少几家", "几号截止", "任务5是必选吗", "可选任务有哪些", "外省公司能牵头吗", "工业母机属于哪个集群", "申报书要几份",
             "第四部分写多少字", "联系人电话", "实施期到什么时候")  # fmt: skip


def main() -> None:
    """Print every table; times are wall times on this machine, to be read as ratios."""
    missing = {name: [one for one in needs if not find_spec(one)] for name, needs in PEERS.items()}
    for name, needs in missing.items():
        if needs:
            print(f"skipped: {name} needs {', '.join(needs)} (dependency group `bench`)")
    peers = [name for name, needs in missing.items() if not needs]
    starts(peers)
    answers()
    forms()
    turns()
    slow_model.main()
    for count in (1000, 10_000, *([100_000] if os.environ.get("BIG") else [])):
        sizes(count, peers)
    telegram.main()


def starts(peers: list[str]) -> None:
    """Process start to the first answer printed, index on disk where the engine keeps one."""
    print("\ncold start to first answer, s (median of 5)")
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bot.cli", "ask", "成员单位最少几家"]
        environment = {**os.environ, "SHENBAO_DATA": data, "SHENBAO_TODAY": "2026-03-28"}
        first = timed(command, environment)
        own = median(timed(command, environment) for _ in range(5))
    print(f"  shenbao ask                   {own:6.2f}   (very first, index built: {first:.2f})")
    for name in peers:
        if name in SLOW:
            took = median(
                timed([sys.executable, "-m", "tests.bench.one", name, "0"], dict(os.environ)) for _ in range(3)
            )
            print(f"  {name:<28}  {took:6.2f}   {took / own:6.1f} times ours")


def timed(command: list[str], environment: dict[str, str]) -> float:
    """How long a process runs."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    return time.perf_counter() - start


def answers() -> None:
    """Whole answers over the notice, warm, on one core."""
    desk = AnswerEngine.open(pack.load(pack.DEFAULT))
    asked = [json.loads(line)["q"] for line in ASKED.read_text("utf-8").splitlines()]
    for question in QUESTIONS:
        desk.ask(question, today=date(2026, 3, 28))
    print("\nwhole answers over the notice, warm, one core")
    for name in ("asked for the first time", "asked again"):
        took = []
        for question in asked:
            start = time.perf_counter()
            desk.ask(question, today=date(2026, 3, 28))
            took.append((time.perf_counter() - start) * 1000)
        took.sort()
        print(f"  {name:<26} median {median(took):.2f} ms, p95 {took[int(len(took) * 0.95)]:.2f} ms,"
              f" {1000 * len(took) / sum(took):.0f} answers/s")  # fmt: skip
    desk.close()


def sizes(count: int, peers: list[str]) -> None:
    """Search alone over made-up passages."""
    print(f"\n{count} passages of made-up text, 100 queries")
    print(f"  {'':<28}  build s  memory MB   p50 ms   p95 ms  queries/s  first  p50 to ours")
    own = 0.0
    for name in ["ours", *peers]:
        if figures := measured(name, count):
            own = own or figures["p50"]
            print(f"  {name:<28} {figures['build']:8.1f} {figures['memory']:10.0f} {figures['p50']:8.2f} {figures['p95']:8.2f}"
                  f" {figures['per_second']:10.0f} {figures['first']:6.2f} {figures['p50'] / own:12.1f}", flush=True)  # fmt: skip


def measured(name: str, count: int) -> dict[str, Any]:
    """The figures of an engine; none, with a sentence, when it fails."""
    command = [sys.executable, "-m", "tests.bench.one", name, str(count)]
    done = subprocess.run(command, check=False, capture_output=True, cwd=ROOT, text=True)
    if done.returncode:
        print(f"  {name:<28} failed: {done.stderr.strip().splitlines()[-1:]}")
        return {}
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
