"""Rulesets that other distributions carry: found by name, read as data, never imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import load_ruleset, ruleset_by_name
from gonogo.ruleset.locate import find_ruleset
from gonogo.testing.programs import write_distribution

Site = Callable[[dict[str, str]], Path]
Files = dict[str, str]


@pytest.fixture
def carried(good: Files, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site into which a distribution was installed that carries the ruleset ``tiny``."""
    root = site({f"acme/{path}" if path.startswith("tiny/") else path: text for path, text in good.items()})
    write_distribution(root, "acme-criteria", "3.1", {}, rulesets={"tiny": "acme.tiny"})
    (root / "acme" / "__init__.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.setattr("gonogo.ruleset.locate.shipped_folder", lambda: root / "shipped")
    return root


class TestCarried:
    """An agency's own criteria, installed like any package."""

    def test_is_found_by_name_and_version_without_importing_it(self, carried: Path):
        """Rules are data; reading them must not run anybody's code."""
        assert load_ruleset("tiny@1.0.0").folder == carried / "acme" / "tiny"
        assert ruleset_by_name("tiny").ruleset.name == "tiny"
        with pytest.raises(ConfigurationError, match=r"this is 'tiny@1\.0\.0'"):
            load_ruleset("tiny@1.0.1")

    def test_a_program_names_it_like_any_other(self, carried: Path, good: Files):
        """Nothing in a program file says who brought the criteria; the record holds what they are."""
        (carried / "program" / "gonogo.yaml").write_text(
            good["program/gonogo.yaml"].replace("../tiny", "tiny@1.0.0"), encoding="utf-8"
        )

        loaded = load_program(carried / "program")

        assert loaded.program.ruleset == "tiny@1.0.0"
        assert load_ruleset(loaded.program.ruleset, root=loaded.root).ruleset.version == "1.0.0"

    def test_the_nearest_name_is_told(self, carried: Path):
        """A slip costs one line here too."""
        with pytest.raises(ConfigurationError, match="did you mean `tiny`"):
            find_ruleset("tinny@1.0.0")
        with pytest.raises(ConfigurationError, match="carried by other distributions: tiny; shipped with gonogo: none"):
            find_ruleset("else@1.0.0")
        with pytest.raises(ConfigurationError, match="names no version"):
            find_ruleset("tiny")

    def test_two_of_one_name_are_refused(self, carried: Path):
        """Which criteria judge must never depend on the order of folders on a path."""
        write_distribution(carried, "else-criteria", "0.2", {}, rulesets={"tiny": "acme.tiny"})

        with pytest.raises(
            ConfigurationError, match=r"2 rulesets named 'tiny': of acme-criteria 3\.1 and of else-crit"
        ):
            load_ruleset("tiny@1.0.0")

    def test_one_with_the_name_of_a_shipped_one_is_refused(self, carried: Path, good: Files):
        """Nobody replaces gonogo's own criteria by installing a package."""
        shipped = carried / "shipped" / "tiny"
        shipped.mkdir(parents=True)
        (shipped / "ruleset.yaml").write_text(good["tiny/ruleset.yaml"], encoding="utf-8")

        with pytest.raises(ConfigurationError, match=r"of gonogo itself and of acme-criteria 3\.1"):
            load_ruleset("tiny@1.0.0")

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            ("acme.tiny:load", "is not a folder"),
            ("acme/tiny", "is not a folder"),
            ("..tiny", "is not a folder"),
            ("acme.gone", "has no acme/gone/ruleset.yaml"),
        ],
    )
    def test_a_place_that_holds_none_is_refused(self, carried: Path, place: str, words: str):
        """A broken package is told, never stepped over."""
        write_distribution(carried, "broken-criteria", "1.0", {}, rulesets={"other": place})

        with pytest.raises(ConfigurationError, match=words):
            load_ruleset("other@1.0.0")
