"""The first week: what a folder holds, what a program's people answer, and how a table could be read.

Imports the program file, rulesets, plugins, and the readers of rows and columns that collectors share.
Everything here proposes: it writes a starting point for a person to check. Nothing that it guesses is ever evidence,
and nothing that a run needs belongs here.
"""
