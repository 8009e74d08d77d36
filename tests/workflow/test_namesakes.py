"""Another distribution that brings the name `gonogo` may run in its place; `doctor` warns."""

from importlib.metadata import distributions

import pytest

from gonogo.workflow.namesakes import namesakes


def install(folder, name, *, files=(), top="", scripts=""):
    """Write what an installer leaves of a distribution."""
    place = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (place / "RECORD").write_text("".join(f"{file},,\n" for file in files))
    for file in files:  # from Python 3.12 on, a file that is listed and not there does not count
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).touch()
    if top:
        (place / "top_level.txt").write_text(top)
    if scripts:
        (place / "entry_points.txt").write_text(f"[console_scripts]\n{scripts}\n")
    return folder


def told(*folders):
    return namesakes(distributions(path=[str(folder) for folder in folders]))


@pytest.mark.parametrize(
    ("brought", "words"),
    [
        ({"files": ["gonogo/__init__.py"]}, "the import name `gonogo`"),
        ({"files": ["gonogo.py"]}, "the import name `gonogo`"),
        ({"top": "gonogo\n"}, "the import name `gonogo`"),
        ({"scripts": "gonogo = other:main"}, "the command `gonogo`"),
        (
            {"files": ["gonogo/x.py"], "scripts": "gonogo = other:main"},
            "the import name `gonogo` and the command `gonogo`",
        ),
    ],
)
def test_another_distribution_with_the_name_is_told(brought, words, tmp_path):
    """A package of a likely name, published by anybody, may decide instead of gonogo."""
    assert told(install(tmp_path, "go-no-go", **brought)) == [f"go-no-go 1.0 also brings {words}"]


@pytest.mark.parametrize(
    "brought",
    [
        pytest.param({"files": ["gonogo_agency/__init__.py"], "scripts": "gonogo-agency = x:y"}, id="a plugin"),
        pytest.param({"files": ["x/gonogo/__init__.py"]}, id="deeper"),
        pytest.param({}, id="nothing"),
    ],
)
def test_a_plugin_of_another_name_is_none(brought, tmp_path):
    """A warning that is always there is read by nobody."""
    assert told(install(tmp_path, "gonogo-agency", **brought)) == []


def test_gonogo_itself_is_none_unless_it_is_there_twice(tmp_path):
    """An old one in the user's own folder shadows the new one, or is shadowed."""
    one, other = (
        install(tmp_path / name, "gonogo", files=["gonogo/__init__.py"], scripts="gonogo = gonogo:main")
        for name in ("one", "other")
    )

    assert told(one, one) == []
    assert [line.startswith("gonogo 1.0 is installed a second time") for line in told(one, other)] == [True]
