"""One spelling for one thing: normal forms, numerals, spelling, terms; everybody may import it."""
