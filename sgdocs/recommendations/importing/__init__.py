"""Import of catalogues: read, check, compare by digest, write family by family."""
