"""Old stock: a table of documents and a folder of files, filed under their old numbers and dates.

`tables` reads rows, `incoming` says what a row means, `matching` finds its files, `run` files them.
"""
