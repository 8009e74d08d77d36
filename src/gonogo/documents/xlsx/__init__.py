"""XLSX workbooks, read strictly and written: the only importer of python-calamine and of xlsxwriter.

Bytes in, sheets of typed cells out, each knowing its file, sheet and cell. The archive is checked before anything is
unpacked, and nothing that a sheet holds disappears without a word. ``form`` and ``answers`` are the workbooks that
gonogo writes for people to fill in, as they are read back.
"""
