"""The criteria document: what both sides agree on, as a paper to read, to sign and to keep.

Imports core, documents, the model and the report's words. Nothing here judges, reads a file or a clock; that belongs in
the workflow, which hands everything over.
"""
