"""How a text becomes a Recommendation: procedures as tables, an engine that knows none of them, and what was done."""
