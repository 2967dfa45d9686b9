"""The checks the bureau applies, each a function over a form under check and a section; a kind lists its own."""
