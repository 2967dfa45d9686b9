"""Texts that go to a model, one file each, and their reader."""

from prompts.texts import PromptError, prompt, version

__all__ = ["PromptError", "prompt", "version"]
