"""FAQ entries and rulings: their life, their page, what is done to them."""
