"""`shenbao read`: a filled form back into JSON."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from bot import wiring
from bot.commands.common import settings
from bot.commands.documents import FileError
from drafting.cells import draft_of
from drafting.draft import to_facts
from drafting.word.guard import UnreadableError
from drafting.word.read import read


def run(arguments: Namespace) -> int:
    """Print the application; cells that can't be read as one are named on standard error."""
    call, path = wiring.pack(settings()).call, Path(arguments.file)
    try:
        draft, notes = draft_of(read(path, call), call)
    except UnreadableError as error:
        raise FileError(f"{path.name}：{error}") from error
    for note in notes:
        print(note, file=sys.stderr)
    print(json.dumps(to_facts(draft, call), ensure_ascii=False, indent=1))
    return 0
