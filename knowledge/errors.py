"""The one kind of failure that is shown as it is: a sentence for the person who runs the program."""

from __future__ import annotations


class SentenceError(Exception):
    """Something outside is wrong (a setting, a file, a database); the text is one Chinese line that says what to do."""
