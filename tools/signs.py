"""Write rulesets/signs.json: what the criteria of the shipped rulesets are recognized by; `make docs` runs it."""

from __future__ import annotations

from gonogo.ruleset.loader import load_ruleset
from gonogo.ruleset.locate import shipped_folder, shipped_named
from gonogo.ruleset.shipped_signs import FILE, written

if __name__ == "__main__":
    content = written((folder, load_ruleset(folder).ruleset.criteria) for folder in shipped_named())
    (shipped_folder() / FILE).write_bytes(content)
