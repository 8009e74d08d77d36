"""What the formats for machines are built of: test reports, annotations, scanners' results, OSCAL, metrics and tables.

Imports ``core`` and ``model``, and of ``report`` the view and its words. Whether a criterion looks like a success is
decided in ``machine_standing.py`` alone. A format belongs in ``report/formats``; what it is built of belongs here.
"""
