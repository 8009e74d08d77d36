"""Composes the rooms into what a command does: a run on one page, its record, its report.

Imports every room below; only ``cli`` imports it.
Rules of judgement, formats and parsing belong in the rooms; this one calls them in order.
"""
