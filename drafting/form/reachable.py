"""Phone numbers and mail addresses: each as it is kept, or the Problem with it."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from drafting.form.problem import Problem
from knowledge.call.definition import Field
from knowledge.language.folding import tidy

SEVERAL = re.compile(r"[;；,，、/]|或|和")
LONG_GAP = re.compile(r"(?<=\d{7})\s+(?=\d{3})")
MOBILE = re.compile(r"(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})")
EXTENSION = re.compile(r"(?:转|ext\.?|分机|-转)\s*\d{1,6}$", re.IGNORECASE)


def phone(field: Field, text: str) -> str | Problem:
    """The numbers of a cell joined by semicolons, or the first that is wrong: bad_phone."""
    said = re.sub("[—–]+", "-", unicodedata.normalize("NFKC", text)).strip()
    apart = [said] if _is_phone(said) else SEVERAL.split(LONG_GAP.sub(";", said))
    numbers = [one.strip() for one in apart if one.strip()]
    bad = next((one for one in numbers or [said] if not _is_phone(one)), None)
    if bad is None:
        return "；".join(MOBILE.sub(r"\1\2\3", one) if MOBILE.fullmatch(one) else tidy(one) for one in numbers)
    return Problem("bad_phone", field.id, f"“{bad}”不是有效的电话号码，请填11位手机号或带区号的座机。", field.clause)


def _is_phone(text: str) -> bool:
    if MOBILE.fullmatch(text):
        return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(EXTENSION.sub("", text), "CN"))
    except phonenumbers.NumberParseException:
        return False


def email(field: Field, text: str) -> str | Problem:
    """The addresses of a cell joined by semicolons, or the first that is wrong: bad_email."""
    said = unicodedata.normalize("NFKC", text).strip(" 。；，")
    addresses = [one.strip() for one in re.split(r"[;；,，、\s]+", said) if one.strip()]
    bad = next((one for one in addresses or [said] if not _is_email(one)), None)
    if bad is None:
        return "；".join(addresses)
    return Problem("bad_email", field.id, f"“{bad}”不是有效的邮箱地址，形如 name@example.com。", field.clause)


def _is_email(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
