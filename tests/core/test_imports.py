"""The core is pure: importing it loads nothing that talks to the outside."""

import subprocess
import sys

CORE = [
    "bot.dialogue", "bot.filling", "bot.assistant", "bot.replies", "bot.ports", "bot.kept", "bot.effects", "bot.performing", "drafting.reading.message", "drafting.interview",
    "drafting.record", "drafting.cells", "drafting.values", "knowledge.call", "knowledge.answers", "knowledge.facts", "knowledge.verify",
    "knowledge.worded", "drafting.judged", "drafting.proposal", "bot.helping", "bot.wordsmith", "bot.breaker", "bot.budget", "bot.metered", "prompts",
]  # fmt: skip
OUTSIDE = [
    "telegram",
    "docx",
    "chromadb",
    "langchain_core",
    "langchain_chroma",
    "sqlalchemy",
    "httpx",
    "prompt_toolkit",
    "asyncio",
]


def test_importing_the_core_loads_no_library_of_the_outside() -> None:
    program = f"import sys, {', '.join(CORE)}\nprint(*[one for one in {OUTSIDE!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_what_a_model_needs_is_not_loaded_without_one() -> None:
    program = "import sys, bot.assistant, bot.wiring\nprint(*[m for m in sys.modules if m in ('bot.wordsmith', 'bot.helping', 'bot.model', 'drafting.proposal', 'knowledge.worded', 'prompts')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_help_loads_no_command() -> None:
    program = "import sys\nfrom bot.cli import parser\nparser()\nprint(*[m for m in sys.modules if m.startswith(('bot.commands.', 'pydantic'))])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
