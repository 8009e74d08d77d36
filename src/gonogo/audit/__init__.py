"""The record: an append-only, hash-chained log on disk, read back and verified.

Imports the model. It never judges and never renders: events in, sealed records out.
The only importer of structlog. Nothing that decides or formats belongs here.
"""
