"""The bare echo bot, as python-telegram-bot's own example has it: ADDRESS."""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.bench.loopback import TOKEN


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same."""
    assert update.message and update.message.text
    await update.message.reply_text(update.message.text)


if __name__ == "__main__":
    bot: Any = Application.builder().token(TOKEN).base_url(f"{sys.argv[1]}/bot").build()
    bot.add_handler(MessageHandler(filters.TEXT, echo))
    bot.run_polling(allowed_updates=["message"])
