"""`shenbao read`: a filled form back into JSON."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from bot.commands.common import settings
from bot.commands.documents import FileError
from bot.running import wiring
from drafting.word.review import review


def run(arguments: Namespace) -> int:
    """Print the application; cells that can't be read as one are named on standard error."""
    path = Path(arguments.file)
    reviewed = review(path, wiring.pack(settings()).call)
    if not reviewed.readable:
        raise FileError(f"{path.name}：{reviewed.reason}")
    for note in reviewed.notes:
        print(note, file=sys.stderr)
    print(json.dumps(reviewed.application, ensure_ascii=False, indent=1))
    return 0
