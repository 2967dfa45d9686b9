"""`shenbao backup FILE` and `restore FILE`: everything into one file while the bot goes on, and back as it was."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from bot.commands.common import settings
from bot.running import wiring
from bot.running.backup import Counted, back_up, restore
from bot.store import open_store


def run(arguments: Namespace) -> int:
    """Write the backup and say what is in it."""
    configured = settings()
    with closing(open_store(configured.database)) as store:
        counted = back_up(store, configured.data, Path(arguments.file))
    print(f"备份好了：{arguments.file}，{told(counted)}。里面有个人信息，请妥善保管。")
    return 0


def back(arguments: Namespace) -> int:
    """Restore, on either database, with no bot running on the data."""
    configured = settings()
    with wiring.alone(configured), closing(open_store(configured.database)) as store:
        counted = restore(store, configured.data, Path(arguments.file), arguments.replace)
    print(f"恢复好了：{told(counted)}。检索索引会在下次提问时重建。")
    return 0


def told(counted: Counted) -> str:
    """What a backup holds, in a few words."""
    rows = counted.rows
    parts = (("conversations", "个会话"), ("drafts", "份申报书"), ("documents", "份资料"))
    return "、".join([*(f"{rows.get(table, 0)} {word}" for table, word in parts), f"{counted.files} 个文件"])
