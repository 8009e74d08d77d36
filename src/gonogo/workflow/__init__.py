"""Composes the rooms into what a command does: a run on one page, its record, its report.

Imports every room below. ``cli``, ``drill`` and the public API import it, and nothing else does.
Rules of judgement, formats and parsing belong in the rooms; this one calls them in order.
"""
