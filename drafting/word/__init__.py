"""Word files: the blank form filled in place, a filled one read back."""
