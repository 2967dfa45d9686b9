"""What of a question is nobody's business but the asker's: phones, addresses, and what their draft holds."""

from __future__ import annotations

import re
from typing import Final

from bot.desk.entries.general import unnamed
from bot.process.masking import masked
from drafting.form.draft import Draft

HIDDEN: Final = "【已隐去】"
LONG_NUMBER: Final = re.compile(r"(?<!\d)\d{11,}[\dXx]?")
SHORTEST: Final = 2


def bare(text: str, draft: Draft) -> str:
    """The text without phones, mail addresses, long numbers, who asks, and names that stand in the draft."""
    names = {*draft.fields.values(), *(one.name for one in draft.members)}
    plain = text
    for name in sorted((one for one in names if len(one) >= SHORTEST), key=len, reverse=True):
        plain = plain.replace(name, HIDDEN)
    return LONG_NUMBER.sub(HIDDEN, masked(unnamed(plain)))
