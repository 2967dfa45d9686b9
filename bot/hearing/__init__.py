"""What a message is: which row of the conversation it belongs to."""
