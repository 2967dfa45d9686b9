"""`shenbao pack check`: is a call pack complete and consistent."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bot.commands.common import settings
from bot.running import wiring
from knowledge.answers import soundness
from knowledge.call import pack as packs


def run(arguments: Namespace) -> int:
    """Print a line for each thing missing or inconsistent; 1 when there is one, 0 when the pack is sound."""
    pack = packs.load(Path(arguments.folder)) if arguments.folder else wiring.pack(settings())
    problems = [*packs.check(pack), *soundness.check(pack)]
    for line in problems:
        print(line)
    if not problems:
        print(f"{pack.call.call.title}：资料包完整，{len(pack.call.tasks)}项任务，{len(pack.call.sections)}个部分。")
    return 1 if problems else 0
