"""From an update kept to its answer sent, whatever the channel."""
