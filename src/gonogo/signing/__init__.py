"""Keys, signatures and whom a program trusts: DSSE envelopes, in-toto statements, C2SP notes, the trust file.

Imports ``documents`` and ``model``. The only importer of ``cryptography`` (extra ``sign``), inside the functions that
need it. What is signed, and what a signature means for a decision or a log, belongs in the rooms above.
"""
