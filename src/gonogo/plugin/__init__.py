"""Plugins: their contract, finding them, asking them in children, and believing only what they may say.

Imports ``signing``, ``documents``, ``isolate`` and ``model``. The only importer of pluggy.
What a collector knows about its own format belongs in ``collectors``; what its answer is worth, in ``core``.
"""
