"""The revisions of the schema, gone through by Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

FOLDER: Final = Path(__file__).parent / "migrations"


def migrate(connection: Connection, to: str) -> None:
    """Within a transaction: go through the revisions up to that one."""
    config = Config(attributes={"connection": connection})
    # The reader of settings takes a percent sign for the start of a name.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, to)
