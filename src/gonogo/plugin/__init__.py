"""Plugins: their contract, finding them, asking them in children, and believing only what they may say.

Imports the model, the documents' readers and ``isolate``. The only importer of pluggy.
What a collector knows of its own format belongs in ``collectors``; what its answer is worth, in ``core``.
"""
