"""The conversation put together: the pack, who answers, who makes files and pictures, what a day allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.desk.applications.mailing import OPENED
from bot.desk.letters import Notices
from bot.desk.materials.life import BY_ALL, BY_ONE
from bot.dialogue.assistant import Assistant
from bot.outside.chatfiles import ChatFiles
from bot.outside.desk_papers import DeskPapers
from bot.outside.office import printed
from bot.outside.painting import Painter
from bot.outside.word_files import FormWriter, read_form
from bot.process.settings import Settings
from bot.running import wiring
from bot.running.answer_engine import asker, uncounted
from bot.turn.budget import Budget, Limits
from bot.turn.days import CHINA
from bot.turn.services import Helper, no_prints
from knowledge.answers.engine import stamp


@runtime_checkable
class Helpful(Protocol):
    """Who answers by a model that helps with drafting, too."""

    @property
    def helper(self) -> Helper | None:
        """Its help."""


def assistant(
    settings: Settings, failed: Callable[[str], None] = uncounted, refused: Callable[[str], None] = uncounted
) -> Assistant:
    """The conversation over the pack, the index and the blank form.

    `failed` is told when a model gives nothing, `refused` when a file is not opened.
    """
    pack, folder = wiring.pack(settings), settings.data / "exports"
    answers = asker(settings, pack, wait=False, failed=failed)
    painter = Painter(pack.call, folder)
    return Assistant(
        pack.call,
        answers,
        FormWriter(pack, folder),
        read_form,
        lambda: wiring.today(settings),
        mark=stamp(pack),
        printer=printed if settings.office else no_prints,
        painter=painter.progress,
        now=lambda: wiring.clock(settings),
        helper=answers.helper if isinstance(answers, Helpful) else None,
        files=ChatFiles(folder),
        charter=painter.chart,
        papers=DeskPapers(pack, folder),
        budget=budget(settings, refused),
    )


def budget(settings: Settings, refused: Callable[[str], None] = uncounted) -> Budget:
    """How often a day a model is asked and a file opened; `refused` is told why one was not."""
    asked = Limits(settings.model_per_person, settings.model_per_bureau, settings.model_per_day)
    sent = Limits(settings.files_per_person, settings.files_per_bureau)
    return Budget(asked, sent, Limits(bureau=OPENED), Limits(BY_ONE, BY_ALL), refused)


def notices(settings: Settings) -> Notices:
    """What people and desks are told without having asked just then."""
    hour = (lambda: 12) if settings.today else (lambda: datetime.now(CHINA).hour)
    return Notices(wiring.pack(settings).call, lambda: wiring.today(settings), hour)
