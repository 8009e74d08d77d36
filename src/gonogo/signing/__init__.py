"""Keys, signatures and whom a program trusts: DSSE envelopes, in-toto statements, C2SP notes, the trust file.

The one importer of ``cryptography`` (extra ``sign``), inside the functions that need it. Imports documents and model.
What is signed, and what a signature means for a decision or a log, belongs in the rooms above.
"""
