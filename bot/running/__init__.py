"""Everything built and joined, looked after and backed up."""
