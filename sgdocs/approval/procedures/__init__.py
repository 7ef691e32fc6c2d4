"""The procedures, written as tables: every row with its clause. Pure. Source: domain 6."""
