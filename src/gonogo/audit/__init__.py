"""The record: an append-only, hash-chained log on disk, with signed checkpoints, read back and verified.

Imports ``signing``, ``isolate`` and ``model``. It never judges and never renders: events in, sealed records out.
The only importer of structlog. Nothing that decides or formats belongs here.
"""
