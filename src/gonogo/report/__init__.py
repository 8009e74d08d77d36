"""A recorded run in words: page one, detail, and the words that all formats share.

Imports ``comparison``, ``core`` and ``model``, and of ``documents`` what writes them. It sees
sealed records, never a source.
Nothing is computed here that the record does not say. A format belongs in ``formats``.
"""
