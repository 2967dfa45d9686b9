"""What goes in and out of a turn, as plain values."""
