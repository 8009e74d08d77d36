"""What a child is handed: files searched, matched, copied, sealed; and what lies beside them unread.

Imports the model, ``isolate`` and the patterns of ``documents``.
Nothing here opens a file to understand it: content is the collector's.
"""
