"""Renderers: each looks at the question and the call and says which sentence fits and what stands in it."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.answers.context import Ask, Found
from knowledge.answers.render import consortium, dates, form, industry, tasklists, tasks

RENDERERS: dict[str, Callable[[Ask], Found | None]] = {
    **tasks.RENDERERS,
    **tasklists.RENDERERS,
    **industry.RENDERERS,
    **form.RENDERERS,
    **consortium.RENDERERS,
    **dates.RENDERERS,
}
