"""What happened: append-only, sealed into a chain, read by listeners."""
