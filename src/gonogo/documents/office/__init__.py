"""Tables of presentations and Word documents, read strictly from their packages; pictures and macros are left packed.

Imports the readers of zip archives and XML. What a table means belongs in a collector.
"""
