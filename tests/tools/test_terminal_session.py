"""The session of the README: drawn from what commands printed, and still for those who want no motion."""

import importlib.util
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def tool():
    place = importlib.util.spec_from_file_location("terminal_session", ROOT / "tools/terminal_session.py")
    module = importlib.util.module_from_spec(place)
    sys.modules[place.name] = module
    place.loader.exec_module(module)
    return module


def test_the_picture_says_in_words_what_it_shows_and_asks_nothing_of_a_network(tool):
    """A reader who does not see it, or who asked for less motion, loses nothing."""
    drawn = tool.draw([tool.Line("$ gonogo x", 0.5, 0.3), tool.Line("a < b & c", 1.0)])
    root = ElementTree.fromstring(drawn)

    assert root.find(f"{SVG}desc").text == "$ gonogo x\na < b & c"
    assert root.get("role") == "img"
    assert "prefers-reduced-motion" in root.find(f"{SVG}style").text
    assert "href" not in drawn
    assert "url(" not in drawn.replace("url(#screen)", "")


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_the_page_moves_up_only_when_it_is_full(tool, beyond):
    """The last line is always in view."""
    shown = tool.ROWS + beyond

    assert tool._hidden(shown) == max(0, beyond) * tool._HIGH


def test_the_session_of_the_readme_is_a_real_one():
    """Its verdict is that of the example, and it names no place on the machine that drew it."""
    drawn = (ROOT / "docs/images/session.svg").read_text(encoding="utf-8")

    assert "verdict=NO-GO" in drawn
    assert "/tmp" not in drawn
    assert "/home" not in drawn


def test_only_what_differs_each_time_is_left_out_of_the_picture(tool):
    """Equal output gives equal bytes, and no word of the report is lost."""
    told = "the first recorded run of this release (run 20261129T224848Z-2ee5db93). Head hash fdcb285c537bb1da."

    assert tool.steady(told) == "the first recorded run of this release (run …). Head hash …."
