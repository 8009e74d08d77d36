"""The first week: what a folder holds, what a program's people answer, and how a table could be read.

Everything here proposes. It writes a starting point for a person to check; nothing that it guesses is ever evidence.
"""
