"""A folder on this machine kept like the documents of a meeting on a server.

`entries` reads the manifest and believes none of it, `deciding` says what to do with a file, `remote` asks the
server, `disk` writes and never over what a person changed, `state` remembers, `running` goes through it all.
"""
