"""Texts that go to a model, one file each."""
