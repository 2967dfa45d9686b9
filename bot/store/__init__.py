"""Conversations, drafts, answers, the inbox of raw updates and the outbox of messages, on SQLite or PostgreSQL."""

from bot.store.answer_log import Given
from bot.store.connection import StoreError
from bot.store.inbox import Inbox, Received, Update
from bot.store.outbox import Letter, Outbox, Posted, Sent
from bot.store.store import Store, Tended, open_store

__all__ = [
    "Given",
    "Inbox",
    "Letter",
    "Outbox",
    "Posted",
    "Received",
    "Sent",
    "Store",
    "StoreError",
    "Tended",
    "Update",
    "open_store",
]
