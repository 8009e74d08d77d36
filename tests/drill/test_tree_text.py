"""YAML files are taken apart and written again: what is harmed is one place, and nothing else says anything new."""

from pathlib import Path

import pytest

from gonogo.drill.tree_text import TreeLeaf, read_tree, tree_text, words
from gonogo.program.program_file import load_program

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
FILES = [*ROOT.glob("examples/harborline/go/*.yaml"), *ROOT.glob("examples/harborline/go/evidence/*/*.yaml")]
FILES += ROOT.glob("rulesets/*/*.yaml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_that_is_written_again_says_the_same(path):
    """Otherwise a defect would be stopped by what the drill itself broke."""
    tree = read_tree(path.read_bytes(), path.name)

    assert read_tree(tree_text(tree).encode(), path.name) == tree


def test_a_program_file_that_is_written_again_is_the_same_program(small):
    """But for the lines in which its bindings stand."""

    def said():
        program = load_program(small.root).program
        bindings = [each.model_copy(update={"where": ""}) for each in program.bindings]
        return program.model_copy(update={"bindings": tuple(bindings)})

    before = said()
    small.file.write_text(tree_text(read_tree(small.file.read_bytes(), "gonogo.yaml")))

    assert said().document() == before.document()


@pytest.mark.parametrize(
    "tree",
    [
        {"yes": TreeLeaf("no"), "a: b": words("x: y"), "": words("")},
        {"empty": {}, "none": [], "deep": [[words("1"), TreeLeaf("1")], {"k": [{"l": TreeLeaf("~")}]}]},
        {"text": words('quotes " and \\ and\nlines'), "letters": words("é ↵ 日")},
    ],
)
def test_keys_and_texts_that_look_like_something_else_come_back(tree):
    """A key `yes` is a word, and a text `1` is no number."""
    assert read_tree(tree_text(tree).encode(), "x") == tree
