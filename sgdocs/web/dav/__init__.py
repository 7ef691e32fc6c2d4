"""`/dav/`: the documents of meetings as a folder for any file manager, read only.

`door` lets in and keeps out, `tree` reads, `provider` speaks the protocol, `mount` stands beside the pages.
"""
