"""The application as a whole: every section asked through its kind."""
