"""Narrative sections: points, composition, and what of a wording may stand."""
