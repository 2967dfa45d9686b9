"""The model that words answers and helps with drafting, loaded only where one is configured."""

from __future__ import annotations

from collections.abc import Callable

from bot.outside.helper import Helping
from bot.outside.model import ChatModel
from bot.outside.wordsmith import Wordsmith
from bot.process.settings import Settings
from bot.turn.ports import Asker
from knowledge.call.definition import Call


def worded(exact: Asker, settings: Settings, call: Call, failed: Callable[[str], None]) -> Wordsmith:
    """The same answers in the model's words, with its help in drafting; `failed` is told why it gave none."""
    key, seconds = settings.model_key.get_secret_value() if settings.model_key else "", settings.model_seconds
    model = ChatModel(settings.model, settings.model_url, key)
    model.warm()
    helper = Helping(model, call, seconds, failed)
    return Wordsmith(exact, model, call.call.title, seconds, failed, helper=helper)
