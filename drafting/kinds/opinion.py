"""What the recommender writes and stamps: left blank, read back."""

from __future__ import annotations

from drafting.kinds.kind import FileParts, Kind
from drafting.ooxml.prose_lines import OpinionLines
from knowledge.call.definition import Section


class Opinion(Kind):
    """Room for somebody else's words."""

    stamped = "recommender"

    def place(self, section: Section, found: FileParts) -> OpinionLines:
        """The lines under its heading, read but never written."""
        return OpinionLines(found.under(section).lines)
