"""A bureau itself: what it says of itself, who works there, what its record says."""
