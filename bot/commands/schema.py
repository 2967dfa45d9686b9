"""`shenbao schema`: the JSON Schema of an application."""

from __future__ import annotations

import json
from argparse import Namespace

from bot.commands.common import settings
from bot.running import wiring
from drafting.application.exchange import schema


def run(_arguments: Namespace) -> int:
    """Print the schema of the call in force."""
    print(json.dumps(schema(wiring.pack(settings()).call), ensure_ascii=False, indent=1))
    return 0
