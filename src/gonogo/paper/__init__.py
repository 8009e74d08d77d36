"""The criteria document: what both sides agree on, as a paper to read, to sign and to keep.

Imports ``governance``, ``report``, ``core``, ``documents`` and ``model``. Nothing here judges, reads a file or a
clock; that belongs in ``workflow``, which hands everything over.
"""
