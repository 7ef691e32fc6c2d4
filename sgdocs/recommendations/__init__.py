"""Recommendations and the other published texts: families, editions, what is in force, imports, exports."""
