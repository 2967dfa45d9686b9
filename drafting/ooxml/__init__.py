"""A form's Word file as elements, blocks, labels and places; nothing here opens or saves a file."""
