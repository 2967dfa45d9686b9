"""What is kept beside the notice: documents, how they are read, kept and searched."""
