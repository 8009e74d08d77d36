"""Criteria, vocabulary, overlays and their cases: from YAML to checked values, with every mistake together.

Imports ``core``, ``documents``, ``model`` and ``language``.
Nothing of one program belongs here: a ruleset is shared by many.
"""
