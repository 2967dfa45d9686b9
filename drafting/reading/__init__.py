"""What a typed message says: small parsers over the call's own words, composed in `message`."""
