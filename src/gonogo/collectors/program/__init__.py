"""Collectors of the program domain: schedules, RAID logs, and GSA's own workbooks and decks.

Like every collector they see the contract of a plugin and the readers.
A collector that reads another domain's evidence belongs in that domain's folder.
"""
