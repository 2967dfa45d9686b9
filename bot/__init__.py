"""The conversation, its channels and the helpdesk."""
