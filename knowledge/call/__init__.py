"""The call as data, its pack and its clauses."""
