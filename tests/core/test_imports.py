"""The core is pure: importing it loads nothing that talks to the outside."""

import subprocess
import sys

CORE = [
    "bot.dialogue.table", "bot.interview.filling", "bot.dialogue.assistant", "bot.turn.replies", "bot.turn.ports", "bot.turn.outcome", "bot.turn.effects", "bot.dialogue.performing", "drafting.reading.message", "drafting.application.whole_form",
    "drafting.changes.additions", "drafting.form.values", "knowledge.call.definition", "knowledge.answers.respond", "knowledge.answers.facts", "knowledge.answers.verify",
    "knowledge.answers.rewording", "drafting.narrative.judged", "drafting.reading.proposal", "bot.outside.helper", "bot.outside.wordsmith", "bot.outside.allowance", "bot.turn.budget", "prompts",
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
    program = "import sys, bot.dialogue.assistant, bot.running.wiring, bot.running.answer_engine, bot.running.conversation\nprint(*[m for m in sys.modules if m in ('bot.outside.wordsmith', 'bot.outside.helper', 'bot.outside.model', 'drafting.reading.proposal', 'knowledge.answers.rewording', 'prompts')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_help_loads_no_command() -> None:
    program = "import sys\nfrom bot.cli import parser\nparser()\nprint(*[m for m in sys.modules if m.startswith(('bot.commands.', 'pydantic'))])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
