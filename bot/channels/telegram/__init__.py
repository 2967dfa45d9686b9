"""Telegram: updates are kept before they are acknowledged, handled in order within a chat, and answered once."""

import os

# Without it the library warns, each time it meets a 429, that seconds will become a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "1")
