"""The form in conversation."""
