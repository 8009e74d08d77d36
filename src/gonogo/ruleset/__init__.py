"""Criteria, vocabulary, overlays and their cases: from YAML to checked values, with every mistake together.

Imports the documents' readers, the language and the model.
Nothing of one program belongs here: a ruleset is shared by many.
"""
