"""The version, in one place, readable without importing anything else."""

VERSION = "0.1.0"
BUILT = "2026-11-29"
"""Day on which this version was made. A clock that shows an earlier day is wrong."""
