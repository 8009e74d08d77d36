"""The small good ruleset and program of the ruleset's tests serve the program file's as well."""

from tests.ruleset.conftest import good, site

__all__ = ["good", "site"]
