"""A progress bar on standard error, for people only, and what can't be done said in one line there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from knowledge.library.holdings import LibraryError


@contextmanager
def bar(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar that grows by what its function is given; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("段"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)


def told(what: str, work: Callable[[Callable[[int], None]], None]) -> None:
    """Do work with a bar; what goes wrong is a note, the rest goes on without it."""
    try:
        with bar(what, None) as step:
            work(step)
    except LibraryError as error:
        print(f"注意：{error}", file=sys.stderr)
