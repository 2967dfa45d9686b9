"""Strangers' files: looked at before anything opens them, opened in a process that may be lost."""
