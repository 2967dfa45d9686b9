"""Applications as files: JSON facts or a filled Word form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from drafting.application.exchange import FactsError, from_facts, to_facts
from drafting.application.whole_form import check, form_of
from drafting.form.draft import Draft
from drafting.papers.report import Reviewed
from drafting.word.review import reviews
from knowledge.call.definition import Call
from knowledge.errors import SentenceError


class FileError(SentenceError):
    """A file that can't be used; the text names it and says why."""


APPLICATIONS: Final = (".docx", ".json", ".doc", ".docm", ".wps", ".rtf", ".pdf")


LARGEST: Final = 20 * 1024 * 1024


def files_in(given: str) -> list[str]:
    """The file itself, or the files of a folder that may be applications, by name; FileError for an empty folder."""
    folder = Path(given)
    if not folder.is_dir():
        return [given]
    files = sorted(one for one in folder.iterdir() if one.is_file() and one.suffix.lower() in APPLICATIONS)
    kept = [str(one) for one in files if not one.name.startswith((".", "~$"))]
    if not kept:
        raise FileError(f"文件夹“{given}”里没有申报书")
    return kept


def facts_in(path: Path) -> Any:
    """The JSON value in a file; FileError when there is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileError(f"{path.name} 过大，不像申报内容")
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise FileError(f"没有 {path.name} 这个文件") from error
    except OSError as error:
        raise FileError(f"读不到 {path.name}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FileError(f"{path.name} 不是 JSON 文件") from error


def draft_in(path: Path, call: Call) -> Draft:
    """The draft that a JSON file says; FileError names a wrong key."""
    try:
        return from_facts(facts_in(path), call)
    except FactsError as error:
        raise FileError(f"{path.name}：{error}") from error


def judged(paths: Sequence[Path], call: Call) -> Iterator[Reviewed]:
    """The reviews, in order, of Word files and of the forms that JSON applications would fill."""
    word = reviews([path for path in paths if not _is_json(path)], call)
    for path in paths:
        yield _json(path, call) if _is_json(path) else next(word)


def _is_json(path: Path) -> bool:
    return path.suffix.lower() == ".json"


def _json(path: Path, call: Call) -> Reviewed:
    try:
        draft = draft_in(path, call)
    except FileError as error:
        return Reviewed(readable=False, reason=str(error))
    return Reviewed(True, tuple(check(form_of(draft, call), call)), to_facts(draft, call))
