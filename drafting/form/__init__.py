"""The form as values: the draft, its cells, single values judged, what it still lacks."""
