"""Drafts of bindings: what a table could answer, written so that a person only confirms or corrects it.

Imports ``first_week``'s own files, ``collectors`` (rows and columns alone), ``plugin``, ``program``, ``documents``,
``model`` and ``language``. A draft is a guess: it is written with ``confirmed: no`` and is never evidence. Where it
leans, it leans to the worse: an unknown word counts as open, never as done.
"""
