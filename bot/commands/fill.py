"""`shenbao fill`: an application as JSON into the official Word form."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from bot.commands.common import settings
from bot.commands.documents import draft_in
from bot.outside import word_files
from bot.running import wiring


def run(arguments: Namespace) -> int:
    """Write the Word file; what the blank has no place for is named on standard error."""
    pack = wiring.pack(settings())
    blank, out = Path(arguments.blank or pack.blank_form), Path(arguments.out)
    unplaced = word_files.fill_form(draft_in(Path(arguments.application), pack.call), pack.call, blank, out)
    if unplaced:
        print(f"空白表里找不到：{'、'.join(unplaced)}", file=sys.stderr)
    print(out)
    return 0
