"""Collectors of the operations domain: exercises of backup and recovery.

Like every collector they see the contract of a plugin and the readers.
A collector that reads another domain's evidence belongs in that domain's folder.
"""
