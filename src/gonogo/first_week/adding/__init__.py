"""After the first week: files that are added, checked, listed and confirmed, one at a time and in the program file.

Imports ``first_week``'s own files, ``plugin``, ``program``, ``ruleset``, ``core``, ``documents`` and ``model``. It
writes ``gonogo.yaml`` as a whole, keeps the one before, and writes nothing that does not load.
"""
