"""Reading documents that staff add: readers for each format apart, splitting by the document's own numbering pure."""
