"""One file a command: `run(arguments) -> exit code`."""

from typing import Final

from knowledge.errors import SentenceError

USAGE: Final = 2


class UsageError(SentenceError):
    """Arguments or settings that can't be used; the text is one Chinese line."""
