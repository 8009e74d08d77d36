"""Write down what would take every run long to find out by reading or asking; `make docs` runs it.

``rulesets/signs.json``: what the criteria of the shipped rulesets are recognized by. ``introductions.json`` beside
`gonogo.plugin`: how gonogo's own plugins introduce themselves. ``shipped.json`` beside `gonogo.profiles`: the profiles
that ship, as they are once read.
"""

from __future__ import annotations

from gonogo.plugin import introductions
from gonogo.plugin.discovery import discover
from gonogo.plugin.offers import ask_introductions
from gonogo.profiles import shipped_texts
from gonogo.profiles.profile_reading import read_profile
from gonogo.profiles.shelf import shipped_paths
from gonogo.ruleset import shipped_signs
from gonogo.ruleset.loader import load_ruleset
from gonogo.ruleset.locate import shipped_folder, shipped_named

if __name__ == "__main__":
    criteria = ((folder, load_ruleset(folder).ruleset.criteria) for folder in shipped_named())
    (shipped_folder() / shipped_signs.FILE).write_bytes(shipped_signs.written(criteria))
    offers = ask_introductions([entry for entry in discover().values() if entry.builtin])
    introductions.FILE.write_bytes(introductions.written((each.entry, each.collectors) for each in offers))
    shipped_texts.FILE.write_bytes(shipped_texts.written(map(read_profile, shipped_paths())))
