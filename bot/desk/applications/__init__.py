"""Applications handed in: their life, their page, what is done to them."""
