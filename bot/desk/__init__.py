"""The bureaus' helpdesk, pure: what may be wished of it, what comes of it, and what it says."""
