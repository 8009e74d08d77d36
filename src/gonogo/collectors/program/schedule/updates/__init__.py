"""Several updates of one schedule: what moved between two of them, and which weeks have none.

Imports the schedule room, gonogo.plugin, gonogo.model. What one update proves alone belongs in the schedule room.
"""
