"""What a bureau makes of applications, before it is put on paper."""
