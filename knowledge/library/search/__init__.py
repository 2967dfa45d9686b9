"""Outside things, one file each; none knows another."""
