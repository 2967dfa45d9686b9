"""The application: its model, checks, interview and Word file."""
