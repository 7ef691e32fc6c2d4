"""What a new house is furnished with: the structure of ITU as facts, and a demonstration with invented people."""
