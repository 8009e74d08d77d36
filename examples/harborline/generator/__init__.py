"""Writes the files of the Harborline example: one module for each kind of source, the same bytes every time."""
