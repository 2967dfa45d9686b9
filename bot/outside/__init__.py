"""Outside things of the conversation: the model, LibreOffice, files."""
