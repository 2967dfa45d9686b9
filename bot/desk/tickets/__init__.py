"""Questions handed to a bureau: their life, their page, what is done to them."""
