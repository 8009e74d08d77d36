"""The first week: what a folder holds, what a program's people answer, and how a table could be read.

Imports ``collectors`` (rows and columns alone), ``plugin``, ``engine``, ``program``, ``profiles``, ``ruleset``,
``core``, ``documents``, ``isolate``, ``model`` and ``language``. Everything here proposes: it writes a starting point
for a person to check. Nothing that it guesses is ever evidence, and nothing that a run needs belongs here.
"""
