"""Hostile text in every free text of a record, in each format for machines: it stays text.

Several payloads are planted at once, each on a line of its own; what a cell begins with is planted alone.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from tests.report.test_payloads import HIDDEN, PAYLOADS, RUNNER, Plant, saying

from gonogo.model.event import SealedRecord
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]
NAMES = [name for name in FORMATS if FORMATS[name].for_machines and not FORMATS[name].binary]
COMMANDS = {"github", "azure"}
FORMULAS = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\uff1d1",
    "\u200b=1",
    "=HYPERLINK(1)",
    '"=1',
]
ENCODED = ["%0A::error::x", "%0D%0A##vso[task.complete result=Succeeded;]", "%25", "a%3Bb", "a;b]c", "]]>", "a,title=b"]
TOGETHER = 8
BATCHES = ["\n".join(PAYLOADS[at : at + TOGETHER]) for at in range(0, len(PAYLOADS), TOGETHER)]
ALONE = [*FORMULAS, *ENCODED, "{0} {{0}} [x](1)", '","x', 'a"b\\', "a\\n# EOF"]
SAMPLE = re.compile(r'[a-z_]+\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*\} -?[0-9.e+-]+ [0-9.]+')
MARKUP = {"title", "description", "statement", "remarks"}


@pytest.fixture(scope="module")
def plants() -> dict[str, Plant]:
    return {}


@pytest.fixture
def fields(plants: dict[str, Plant], conditional: Any, gaps_only: Any, seal_log: Seal) -> list[Plant]:
    """Two runs that together have every kind of text."""
    if not plants:
        plants |= {"conditional": Plant(conditional, seal_log), "gaps": Plant(gaps_only, seal_log)}
    return list(plants.values())


@pytest.fixture(scope="module")
def harmless() -> Callable[[Plant, str], bytes]:
    """A format of a run that holds nothing hostile."""
    known: dict[tuple[int, str], bytes] = {}

    def look(plant: Plant, name: str) -> bytes:
        if (id(plant), name) not in known:
            view = plant.view("free text")
            known.update({(id(plant), each): FORMATS[each].render(view) for each in NAMES})
        return known[id(plant), name]

    return look


@pytest.mark.parametrize("payload", [*BATCHES, *ALONE], ids=lambda text: ascii(text)[1:30])
def test_it_stays_text(fields: list[Plant], harmless: Callable[[Plant, str], bytes], payload: str) -> None:
    """No command, no markup, no formula, no new row, and nothing that a person cannot see."""
    plant = fields[(*BATCHES, *ALONE).index(payload) % len(fields)]
    view = plant.view(saying(payload))
    for name in NAMES:
        data = FORMATS[name].render(view)
        text = data.decode().replace("\r\n", "\n") if name == "csv" else data.decode()
        assert not HIDDEN.search(text), name
        assert name in COMMANDS or not RUNNER.search(text), name
        assert not re.search(r"(?m)^verdict=", text), name
        CHECKS[name](data, harmless(plant, name))


def strings(part: Any, keys: set[str] | None = None) -> Iterator[str]:
    """Yield the strings of a document, of some keys alone if they are named."""
    if isinstance(part, dict):
        for key, value in part.items():
            if isinstance(value, str):
                if keys is None or key in keys:
                    yield value
            else:
                yield from strings(value, keys)
    elif isinstance(part, list):
        for each in part:
            yield from strings([each] if isinstance(each, list) else each, keys)


def shape(part: Any) -> Any:
    """Return a document with every value left out."""
    if isinstance(part, dict):
        return {key: shape(value) for key, value in part.items()}
    return [shape(each) for each in part] if isinstance(part, list) else type(part).__name__


def check_json(data: bytes, before: bytes) -> None:
    assert data.isascii()
    assert not re.search(rb"[<>&]", data) or data.startswith(b'{"accepted_conditional"')  # `-o json` keeps its form
    assert sorted(json.loads(data)) == sorted(json.loads(before)) if data.startswith(b"{") else json.loads(data)


def check_oscal(data: bytes, before: bytes) -> None:
    """Titles and texts are Markdown there, and hold nothing but text."""
    check_json(data, before)
    for text in set(strings(json.loads(data), MARKUP)):
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}, text
        parts = [part for token in tokens for part in token.children or ()]
        assert {part.type for part in parts} <= {"text", "text_special", "code_inline"}, text
        assert not any(re.search(r"://|www\.|@", part.content) for part in parts if part.type == "text")


def check_sarif(data: bytes, before: bytes) -> None:
    """A bracket begins a link there and a brace an argument, unless it is escaped."""
    check_json(data, before)
    for text in set(strings(json.loads(data), {"text"})):
        assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]]", text), text
        assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", "")), text


def check_junit(data: bytes, before: bytes) -> None:
    def tags(xml: bytes) -> list[str]:
        return [element.tag for element in ElementTree.fromstring(xml).iter() if element.tag != "property"]

    assert tags(data) == tags(before)


def check_github(data: bytes, before: bytes) -> None:
    """As the runner parses a line: two colons end the properties, and a comma parts them."""
    lines, expected = data.decode().split("\n"), before.decode().split("\n")
    assert [line.startswith("::") for line in lines] == [line.startswith("::") for line in expected]
    for line in lines[1:-1]:
        head, _, message = line[2:].partition("::")
        assert re.fullmatch(r"(error|warning|notice) title=[^,:\r\n]*", head), line
        assert "::" not in message
        assert not re.search(r"%(?!25|0A|0D)", message), line


def check_azure(data: bytes, before: bytes) -> None:
    """As the agent parses a line: a bracket ends the properties, and a semicolon parts them."""
    command = re.compile(r"##vso\[(task\.logissue type=\w+;code=[a-z_.]+;|task\.complete result=\w+;)\]")
    lines, expected = data.decode().split("\n"), before.decode().split("\n")
    assert [line.startswith("##vso[") for line in lines] == [line.startswith("##vso[") for line in expected]
    for line in lines:
        assert line.count("##") == line.startswith("##")
        assert not line.startswith("##") or command.match(line), line


def check_openmetrics(data: bytes, before: bytes) -> None:
    lines = data.decode().split("\n")
    assert lines[-2:] == ["# EOF", ""]
    assert len(lines) == len(before.decode().split("\n"))
    for line in lines[:-2]:
        assert line.startswith(("# TYPE ", "# HELP ", "# UNIT ")) or SAMPLE.fullmatch(line), line


def check_prometheus(data: bytes, before: bytes) -> None:
    lines = data.decode().split("\n")
    assert len(lines) == len(before.decode().split("\n"))
    for line in lines[:-1]:
        assert line.startswith(("# TYPE ", "# HELP ")) or SAMPLE.fullmatch(f"{line} 1"), line


def check_csv(data: bytes, before: bytes) -> None:
    rows, expected = (list(csv.reader(io.StringIO(each.decode(), newline=""), strict=True)) for each in (data, before))
    assert [len(row) for row in rows] == [len(row) for row in expected]
    assert not any(re.match("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]", cell) for row in rows for cell in row)
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == len(rows)


CHECKS = dict.fromkeys(NAMES, check_json) | {
    "oscal": check_oscal,
    "oscal-poam": check_oscal,
    "sarif": check_sarif,
    "junit": check_junit,
    "github": check_github,
    "azure": check_azure,
    "openmetrics": check_openmetrics,
    "prometheus": check_prometheus,
    "csv": check_csv,
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text", ["\ud800", "\udfff x", "\U000e0041", "\ufdd0", "\ufffe", "\uffff", "\U0010ffff"], ids=ascii
)
def test_what_is_no_letter_does_not_stop_a_report(views: dict[str, RunView], name: str, text: str) -> None:
    """A lone surrogate cannot be written as UTF-8; half a file would be read as a whole one."""
    view = views["no_go"]
    first = view.findings[0].model_copy(update={"title": text, "sentence": text, "remedy": text})
    whole = view.assessment.model_copy(update={"findings": (first, *view.findings[1:])})

    data = FORMATS[name].render(replace(view, assessment=whole))

    assert data
    if name == "junit":
        ElementTree.fromstring(data)
