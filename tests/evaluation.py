"""Run the evaluation folder's scorers on this checkout: `python -m tests.evaluation FOLDER` (see `make eval`)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

SHENBAO = [sys.executable, "-m", "bot.cli"]


def main(shared: Path) -> int:
    """Print every scorer's figures; 0 when the folder is absent, too: the project does not depend on it."""
    samples, notice = shared / "eval", shared / "notice" / "notice_with_form.txt"
    if not samples.is_dir():
        print(f"no evaluation folder at {shared}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for command, given, scorer, more in (
            (["ask", "--jsonl"], "questions_dev.jsonl", "score_questions.py", ["--notice", str(notice)]),
            (["understand", "--jsonl"], "utterances_dev.jsonl", "score_utterances.py", []),
        ):
            out = Path(folder) / "out.jsonl"
            with (samples / given).open() as source, out.open("w") as sink:
                subprocess.run([*SHENBAO, *command], stdin=source, stdout=sink, check=True)
            _score(samples / scorer, *more, str(samples / given), str(out))
        forms = Path(folder) / "findings.jsonl"
        with forms.open("w") as sink:
            files = sorted(str(path) for path in (samples / "forms").glob("*.docx"))
            subprocess.run([*SHENBAO, "check", "--json", *files], stdout=sink, check=False)
        _score(samples / "score_precheck.py", str(samples / "precheck_dev.json"), str(forms))
    chat = f"{sys.executable} -m bot.cli chat --jsonl"
    _score(samples / "score_dialogues.py", str(samples / "dialogues_dev.json"), "--command", chat)
    return 0


def _score(script: Path, *arguments: str) -> None:
    print(f"--- {script.name}", flush=True)
    subprocess.run([sys.executable, str(script), *arguments], check=False)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
