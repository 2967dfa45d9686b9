"""The conversation as a table, its step, and the one driver of every channel."""
