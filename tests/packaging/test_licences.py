"""What a user installs with gonogo is under permissive licences, and pinned by hash without an address."""

import importlib.metadata
import re
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^ \\;]+)(?: ; ([^\\]+))?", re.MULTILINE)
RESTRICTIVE = re.compile(r"\b(A?GPL|LGPL|GNU|SSPL|BUSL|Commons Clause|proprietary)", re.IGNORECASE)
FILES = sorted((ROOT / "requirements").glob("*.txt"))


def pinned() -> list[str]:
    """Return the names in requirements/runtime.txt that are installed here."""
    names = [match[1] for match in PIN.finditer((ROOT / "requirements/runtime.txt").read_text())]
    return [name for name in names if list(importlib.metadata.distributions(name=name))]


def licence_of(name: str) -> str:
    """Return everything that a distribution's metadata says about its licence."""
    metadata = importlib.metadata.metadata(name)
    classifiers = [text for text in metadata.get_all("Classifier") or [] if text.startswith("License ::")]
    stated = metadata.get("License-Expression") or (metadata.get("License") or "").partition("\n")[0]
    return "; ".join([stated, *classifiers])


def test_most_runtime_dependencies_are_installed_here():
    """Otherwise the next test would check nothing."""
    assert len(pinned()) >= 15


@pytest.mark.parametrize("name", pinned())
def test_a_runtime_dependency_has_a_permissive_licence(name):
    """An agency must be able to pass gonogo on without further duties."""
    assert licence_of(name).strip("; "), f"{name} does not say under which licence it is"
    assert not RESTRICTIVE.search(licence_of(name))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
class TestRequirements:
    def test_every_requirement_is_pinned_with_hashes(self, file):
        """What is installed today is what was reviewed."""
        text = file.read_text()
        pins = list(PIN.finditer(text))

        assert pins
        for number, pin in enumerate(pins):
            end = pins[number + 1].start() if number + 1 < len(pins) else len(text)
            assert "--hash=sha256:" in text[pin.end() : end], pin[1]

    def test_there_is_no_address(self, file):
        """Everybody installs from their own index; none is named here."""
        assert not re.search(r"https?://|file:|--index|--find-links|--extra-index|--trusted", file.read_text())


def test_every_dependency_of_the_project_is_pinned():
    """A requirement that is not in the file would be resolved anew on every machine."""
    needed = importlib.metadata.requires("gonogo") or []
    names = {re.split(r"[ <>=!~;\[]", line, maxsplit=1)[0].lower() for line in needed if "extra ==" not in line}

    pins = {match[1].lower() for match in PIN.finditer((ROOT / "requirements/runtime.txt").read_text())}

    assert names <= pins
