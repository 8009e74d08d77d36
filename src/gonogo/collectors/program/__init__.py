"""Collectors of the program domain: schedules and RAID logs.

Like every collector they see the contract of a plugin and the readers.
A collector that reads another domain's evidence belongs in that domain's folder.
"""
