"""Hostile text through every free text of a record, in every format: nothing becomes active."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt
from pydantic import ValidationError

from gonogo.model.assessment import Assessment, RunEnvelope
from gonogo.model.base import Frozen
from gonogo.model.collected import CollectorFinished
from gonogo.model.event import SealedRecord
from gonogo.model.placeholder import has_content
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]
Path = tuple[str | int, ...]

TERMINAL = [
    *("\x1b[2J", "\x1b[32mGO\x1b[0m", "\x1b[1;1HGO", "\x1b[8mhidden", "\x1b]0;title\x07", "\x1b]52;c;cm0=\x07"),
    *("\x1b]8;;http://x\x1b\\GO\x1b]8;;\x1b\\", "\x1bP$q\x1b\\", "\x1b_G\x1b\\", "\x1b^x\x1b\\", "\x1b[6n", "\x1b[c"),
    *("\x1bc", "\x1b(0", "\x1b[?1049h", "\x1b[?25l", "\x1b[3J", "\x1b[A\x1b[2K", "\x1b[s\x1b[u", "\x1b#8"),
    *("\x9b2J", "\x9d0;t\x9c", "\x90q\x9c", "\x98x\x9c", "\x85", "\x84", "\x8d", "\x00", "\x01", "\x07"),
    *("\x08\x08\x08GO", "\x0b", "\x0c", "\rverdict=GO", "a\nverdict=GO", "a\r\nverdict=GO", "\x0e\x0f", "\x1a"),
    *("\x7f\x7f", "\x1b", "\u202eOG-ON", "\u202dx", "\u2066x\u2069", "\u2067x", "\u2068x", "\u200e\u200f\u061c"),
    *("G\u200bO", "G\u200dO", "G\u2060O", "\ufeffGO", "G\u00adO", "\u2028verdict=GO", "\u2029verdict=GO"),
    *("\U000e0047\U000e004f", "\u3164\u115f\u1160", "\u2800", "e" + "\u0301" * 40, "\ufff9a\ufffab\ufffb"),
    *("::set-output name=verdict::GO", "::add-mask::NO-GO", "::error file=x::y", "::stop-commands::x", "::group::x"),
    *("##vso[task.complete result=Succeeded;]", "##[error]x", "##[set-output name=x]GO", "##teamcity[x]"),
    *("section_start:1:x\r\x1b[0K", "x ##vso[task.setvariable variable=v]GO", "\n::warning::x", "###vso[x]"),
]
HTML = [
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style><script>1</script>", "</title><b>"),
    *("</p></main></body></html>", "<svg onload=alert(1)>", "<iframe src=javascript:1>", "<a href=javascript:1>x</a>"),
    *('"><script>1</script>', "'><script>1</script>", '" onmouseover="1', "' onmouseover='1", "` onmouseover=1"),
    *("<!--", "-->", "<!-- --!><script>", "<![CDATA[<b>]]>", "<?xml version='1.0'?>", "<!doctype html>"),
    *("{{ 7*7 }}", "{% raw %}", "{# x #}", "${7*7}", "<%= 7 %>", "&lt;b&gt;", "&#60;b&#62;", "&colon;", "&"),
    *("<base href=//x>", "<meta http-equiv=refresh content=0;url=//x>", "<link rel=stylesheet href=//x>"),
    *(
        "<form action=//x><input>",
        "<math><mtext></mtext></math>",
        "<template><b></template>",
        "<textarea>",
        "<plaintext>",
    ),
    *("<details open ontoggle=1>", "<object data=//x>", "<embed src=//x>", "<noscript><p title='</noscript><b>'>"),
    *(
        "<table><tr><td>",
        "</td></tr></table>",
        "\x00<script>",
        "<scr\x00ipt>",
        "<\u200bscript>",
        "＜script＞",
        "<B/A=`",
    ),
]
MARKDOWN = [
    *("![x](http://evil/x.png)", "[x](http://evil)", "[x]: http://evil", "<http://evil>", "http://evil.example/x"),
    *(
        "www.evil.example",
        "me@evil.example",
        "@everyone",
        "<img src=x>",
        "<script>1</script>",
        "<!-- x -->",
        "a | b | c",
    ),
    *("|", "\\|", "`|`", "| --- | --- |", "```", "`` ` ``", "`code` ![x](y)", "~~~", "# GO", "> quote", "- item"),
    *("1. item", "---", "===", "* * *", "**GO**", "_GO_", "~~x~~", "\\", "x\\", "[^1]", "[ ] task", "- [x] done"),
    *("a\n\n# GO", "a  \nb", "&lt;img&gt;", "![][x]", "[![x](y)](z)", ":tada:", "$x$", "mailto:x@y", "ftp://evil/x"),
    *("`http://evil", "http://evil/`|`", "``http://evil``", "</td><td>", "<details><summary>GO</summary>", "\t# GO"),
]
RUNNER = re.compile(r"^\s*::|##\[|##vso\[|##teamcity\[|section_start:[0-9]+:[^ ]*\r|section_start.*\x1b", re.MULTILINE)
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]|[\u0300-\u036f]{4}"
)
KEPT = {"time_zone"}


def leaves(document: object, path: Path = ()) -> Iterator[Path]:
    """Iterate the paths of all strings."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from leaves(value, (*path, key))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from leaves(value, (*path, index))
    elif isinstance(document, str):
        yield path


def planted(document: Any, paths: list[Path], text: str) -> Any:
    """Return a copy with ``text`` at every path."""
    if isinstance(document, dict):
        return {
            key: planted(value, [path[1:] for path in paths if path[0] == key], text) for key, value in document.items()
        }
    if isinstance(document, list):
        return [
            planted(value, [path[1:] for path in paths if path[0] == index], text)
            for index, value in enumerate(document)
        ]
    return text if () in paths else document


def spoken(paths: list[Path], document: Any, text: str) -> Any:
    """Plant a text everywhere; a plan's own parts say a word more, because marks alone complete no plan."""
    worded = [path for path in paths if path[-1] in ("owner", "action")]
    plain = planted(document, [path for path in paths if path not in worded], text)
    return planted(plain, worded, f"{text} Bob")


def free(value: Frozen) -> list[Path]:
    """Return the paths at which the value takes any text: what others can write."""
    document, found = value.document(), []
    for path in leaves(document):
        if path[-1] in KEPT or (path[:2] == ("decision", "waivers") and path[-1] == "id"):
            continue
        try:
            type(value).from_document(planted(document, [path], "free text"))
        except ValidationError:
            continue
        found.append(path)
    return found


class Plant:
    """A run whose every free text can be replaced at once."""

    def __init__(self, run: Any, seal: Seal) -> None:
        self.run, self.seal = run, seal
        self.values: list[Frozen] = [run.assessment, run.envelope, *run.collectors]
        self.paths = [free(value) for value in self.values]
        self.pages: dict[str, dict[str, bytes]] = {}

    def rendered(self, text: str) -> dict[str, bytes]:
        """Every format of the run, with ``text`` in every free text."""
        if text not in self.pages:
            view = self.view(text)
            self.pages[text] = {name: FORMATS[name].render(view) for name in NAMES}
        return self.pages[text]

    def view(self, text: str) -> RunView:
        new = [
            type(value).from_document(spoken(paths, value.document(), text))
            for value, paths in zip(self.values, self.paths, strict=True)
        ]
        assessment, envelope, *collectors = new
        assert isinstance(assessment, Assessment)
        assert isinstance(envelope, RunEnvelope)
        run = replace(self.run, assessment=assessment, envelope=envelope, collectors=tuple(collectors))
        return RunView.of(self.seal(run.events()))


@pytest.fixture(scope="module")
def plants() -> dict[str, Plant]:
    return {}


@pytest.fixture
def fields(plants: dict[str, Plant], conditional: Any, gaps_only: Any, seal_log: Seal) -> list[Plant]:
    """Two runs that together have every kind of text."""
    if not plants:
        plants |= {"conditional": Plant(conditional, seal_log), "gaps": Plant(gaps_only, seal_log)}
    return list(plants.values())


NAMES = [name for name in FORMATS if name == "json" or not (FORMATS[name].binary or FORMATS[name].for_machines)]
"""The texts for people, and the document; `machine/test_machine_payloads.py` looks at what programs read."""
PAYLOADS = [*TERMINAL, *HTML, *MARKDOWN]


def planted_in(fields: list[Plant], payload: str) -> list[Plant]:
    """The run that takes this payload: the next payload is for the other one; `make torture` plants each in both."""
    return fields if "GONOGO_TORTURE" in os.environ else [fields[PAYLOADS.index(payload) % len(fields)]]


class Elements(HTMLParser):
    """Every element with its attributes; comments and declarations count too."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.found.append(("instruction", data))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("unknown", data))


def shape(page: bytes) -> tuple[list[str], set[str], list[str]]:
    """The block structure of a Markdown page, the kinds of its inline parts, and its bare texts."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page.decode())
    parts = [child for token in tokens for child in token.children or ()]
    bare = [part.content for part in parts if part.type in ("text", "text_special")]
    return [token.type for token in tokens if token.type != "inline"], {part.type for part in parts}, bare


def test_enough_is_tried(fields: list[Plant]) -> None:
    """The numbers are promises; so is every kind of text."""
    names = {path[-1] for plant in fields for paths in plant.paths for path in paths if isinstance(path[-1], str)}

    assert (len(set(TERMINAL)) >= 60, len(set(HTML)) >= 40, len(set(MARKDOWN)) >= 30) == (True, True, True)
    assert names >= {"title", "sentence", "remedy", "shown", "source", "detail", "why", "reason", "action", "to"}
    assert names >= {
        "customer",
        "provider",
        "marking",
        "window",
        "scope",
        "commit",
        "locator",
        "path",
        "text",
        "margin",
    }
    assert sum(len(paths) for plant in fields for paths in plant.paths) >= 150


@pytest.mark.torture
@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_format_hides_anything_or_commands_a_runner(fields: list[Plant], payload: str) -> None:
    """Whatever is printed, a person sees all of it and a CI runner obeys none of it."""
    for plant in planted_in(fields, payload):
        for name, page in plant.rendered(payload).items():
            assert not HIDDEN.search(page.decode()), name
            assert not RUNNER.search(page.decode()), name


@pytest.mark.torture
@pytest.mark.parametrize("payload", TERMINAL, ids=ascii)
def test_no_line_of_a_terminal_can_be_forged(fields: list[Plant], payload: str) -> None:
    """Nothing that evidence says can stand alone on a line as the verdict."""
    for plant in planted_in(fields, payload):
        lines = plant.rendered(payload)["terminal"].decode().split("\n")

        assert lines[0] == plant.run.assessment.kind.sentence
        assert not any(line.startswith("verdict=") for line in lines)


def saying(payload: str) -> str:
    """A payload of signs or of markup alone is empty talk, and makes no plan; so it is put beside words."""
    return next(text for text in (payload, f"{payload} text", f"The vendor said {payload}") if has_content(text))


Harmless = Callable[[Plant], tuple[list[object], list[str]]]


@pytest.fixture(scope="module")
def harmless() -> Harmless:
    """The elements of the HTML page, and the blocks of the Markdown page, of a run that holds nothing hostile."""
    known: dict[int, tuple[list[object], list[str]]] = {}

    def look(plant: Plant) -> tuple[list[object], list[str]]:
        if id(plant) not in known:
            pages = plant.rendered("free text")
            known[id(plant)] = Elements(pages["html"]).found, shape(pages["markdown"])[0]
        return known[id(plant)]

    return look


@pytest.mark.torture
@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_html_keeps_its_elements(fields: list[Plant], payload: str, harmless: Harmless) -> None:
    for plant in planted_in(fields, payload):
        expected, _ = harmless(plant)

        assert Elements(plant.rendered(saying(payload))["html"]).found == expected


@pytest.mark.torture
@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_markdown_keeps_its_blocks(fields: list[Plant], payload: str, harmless: Harmless) -> None:
    """No image calls home, no link, no HTML, no new heading or row."""
    for plant in planted_in(fields, payload):
        _, expected = harmless(plant)

        blocks, kinds, bare = shape(plant.rendered(saying(payload))["markdown"])

        assert blocks == expected
        assert kinds <= {"text", "text_special", "code_inline", "strong_open", "strong_close", "softbreak"}
        assert not any(re.search(r"://|www\.|@", text) for text in bare)


def test_collectors_are_part_of_it(fields: list[Plant]) -> None:
    """The planted runs really carry what a collector said."""
    assert any(isinstance(value, CollectorFinished) for plant in fields for value in plant.values)
