"""Registers of statements kept elsewhere, brought here as they are: nothing is filed, sent or recomputed."""
