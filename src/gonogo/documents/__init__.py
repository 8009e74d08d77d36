"""Strict reading of what people write: shapes, scalars, quantities, paths, and every mistake at its place.

Imports ``model``. YAML and XLSX have rooms of their own in here; the writers of XLSX and DOCX are beside their readers.
What a document means for a ruleset or a program belongs in ``ruleset`` and ``program``.
"""
