"""What headings and rows of a table say: keys, parents, totals, what a row is about. Words as data, and pure rules.

Collectors of several domains and ``gonogo map`` read rows by it, so that both see one doubt in one file. It may import
the model and what ``plugin`` recognizes. No settings, no files and no database belong here.
"""
