"""Conversations, drafts, answers, the inbox of raw updates and the outbox of messages, on SQLite or PostgreSQL."""

from bot.store.answers import Given
from bot.store.engine import StoreError
from bot.store.inbox import Inbox, Received
from bot.store.outbox import Letter, Outbox, Posted, Sent
from bot.store.store import Store, open_store

__all__ = ["Given", "Inbox", "Letter", "Outbox", "Posted", "Received", "Sent", "Store", "StoreError", "open_store"]
