"""The call pack, the documents, search and answers."""
