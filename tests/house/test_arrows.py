"""Which way imports point, for every room and every library: what a contract of the linter cannot say, or could miss.

The linter holds the layers. Here each library has one importing room, and so will new ones; a collector sees the
contract of a plugin and the readers, not the host; and a room that nobody described fails.
"""

import ast
import functools
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
HOUSE = ROOT / "src/gonogo"
SOURCES = sorted(HOUSE.rglob("*.py"))
ONE_ROOM = {
    "click": "cli",
    "cryptography": "signing",
    "defusedxml": "documents",
    "duckdb": "collectors/table",
    "durable_rules_engine": "engine",
    "holidays": "plugin",
    "httpx2": "notify",
    "icalendar": "requests",
    "jinja2": "report/formats",
    "jsonschema_rs": "collectors/system/oscal",
    "jpype": "collectors/program/schedule/foreign",
    "markupsafe": "report/formats",
    "mpxj": "collectors/program/schedule/foreign",
    "numpy": "forecast",
    "pikepdf": "report/pdf",
    "pluggy": "plugin",
    "pptx": "report/deck",
    "pysat": "path",
    "python_calamine": "documents/xlsx",
    "python_multipart": "web",
    "re2": "documents",
    "stamina": "notify",
    "starlette": "web",
    "structlog": "audit",
    "uvicorn": "web",
    "xlsxwriter": "documents/xlsx",
    "yaml": "documents/yaml",
}
"""The one room that may import a library. pydantic is the form of values, and is in none of them."""
NO_VALUES = ("language", "core", "comparison", "engine", "isolate", "cli")
"""Rooms that make no values of their own form, so that pydantic has no business there."""
SEEN_BY_COLLECTORS = ("gonogo.collectors", "gonogo.documents", "gonogo.model", "gonogo.language", "gonogo.text")
PART_OF_THE_CONTRACT = {
    "gonogo.errors",
    "gonogo.plugin.owed",
    "gonogo.plugin.recognizes",
    "gonogo.plugin.spec",
}

WRITERS = {"documents/docx_writer", "documents/xlsx/writer", "documents/xlsx/form"}
"""What writes documents, and the form of a workbook that is read back."""
EVERYWHERE = {"errors", "text", "file_registry", "version"}
SEES = {
    "language": {"errors"},
    "isolate": {"errors"},
    "model": {"language", "errors", "text"},
    "core": {"model", "language", *EVERYWHERE},
    "documents": {"model", *EVERYWHERE},
    "comparison": {"core", "model", "language", *EVERYWHERE},
    "signing": {"documents", "model", *EVERYWHERE},
    "ruleset": {"core", "documents", "model", "language", *EVERYWHERE},
    "audit": {"signing", "isolate", "model", *EVERYWHERE},
    "engine": {"isolate", "model", "language", *EVERYWHERE},
    "plugin": {"signing", "documents", "isolate", "model", *EVERYWHERE},
    "profiles": {"documents", "model", *EVERYWHERE},
    "program": {"ruleset", "signing", "profiles", "documents", "model", *EVERYWHERE},
    "report": {"comparison", "core", "model", *WRITERS, *EVERYWHERE},
    "archive": {"audit", "signing", "model", *EVERYWHERE},
    "bundle": {"plugin", "signing", "core", "documents", "model", *EVERYWHERE},
    "notify": {"report", "comparison", "documents", "model", *EVERYWHERE},
    "path": {"core", "model", "language", *EVERYWHERE},
    "forecast": {"model", "errors"},
    "exports": {"collectors", "core", "documents", "isolate", "model", *EVERYWHERE},
    "statement": {"audit", "report", "signing", "core", "documents", "model", *EVERYWHERE},
    "plugin/inputs": {"documents", "isolate", "model", "errors"},
    "plugin/privacy": {"model", "errors", "text"},
    "documents/yaml": {"model", "errors"},
    "documents/xlsx": {"model", "errors", "documents/yaml", "documents/strict_xml", "documents/zip_archive"},
    "collectors/rows": {"model", "plugin/recognizes"},
    "collectors/columns": {"model", "language", "collectors/rows", "plugin/spec"},
    "report/machine": {"report", "core", "model", *EVERYWHERE},
    "report/pdf": {"errors"},
    "report/deck": {"report", "core", "model", *EVERYWHERE},
    "report/formats": {"report", "core", "model", *WRITERS, *EVERYWHERE},
}
"""All that a room, or a room inside of one, may import beside itself, even of what lies below it."""
BY_NAME = {
    "__init__.py": "public names, when they are first used",
    "isolate/__main__.py": "the task of a child",
    "cli/command_group.py": "commands, a file each",
    "cli/log_command.py": "commands of the log, a file each",
    "plugin/preload.py": "plugins, before a child is forked",
    "plugin/registry.py": "plugins, in their child",
    "plugin/settled.py": "everything, before the first plugin",
    "report/formats/__init__.py": "formats, a file each",
    "testing/conformance.py": "the plugin under test",
}
"""Files that import a module by its name, and what: no linter and no type checker sees such an arrow."""


def relative(path: Path) -> str:
    """Return a path as people name it."""
    return path.relative_to(HOUSE).as_posix()


def dotted(path: Path) -> str:
    """Return a file's name as it is imported."""
    return ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")


@functools.cache
def imported(path: Path) -> tuple[str, ...]:
    """Return every module that a file imports, wherever in it, and ``gonogo.room.module`` for each name of a room."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            found.append(node.module or "")
    return tuple(found)


def outside(module: str) -> str:
    """Return the library of a module; empty for the standard library and for gonogo."""
    top = module.partition(".")[0]
    return "" if top in sys.stdlib_module_names or top == "gonogo" else top


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_each_library_has_one_importing_room(path):
    """A library that is replaced is replaced in one place, and no room gets a second way to do a thing."""
    room = relative(path.parent) if path.parent != HOUSE else ""
    for library in filter(None, map(outside, imported(path))):
        if library in ("pydantic", "pydantic_core"):
            assert not room.startswith(NO_VALUES), f"{library} in {room}"
        else:
            assert room == ONE_ROOM.get(library) or room.startswith(f"{ONE_ROOM.get(library)}/"), f"{library} in {room}"


def test_every_library_that_the_table_names_is_imported():
    """A line about a library that is gone would say nothing, and hide that it came back elsewhere."""
    used = {outside(module) for path in SOURCES for module in imported(path)}

    assert set(ONE_ROOM) <= used


@pytest.mark.parametrize("path", sorted((HOUSE / "collectors").rglob("*.py")), ids=relative)
def test_collectors_see_the_contract_and_the_readers_alone(path):
    """What gonogo's own collectors use, an agency's may use too; none of them sees what the host believes."""
    for module in imported(path):
        if module.startswith("gonogo"):
            assert module.startswith(SEEN_BY_COLLECTORS) or module in PART_OF_THE_CONTRACT, module


@pytest.mark.parametrize("room", sorted(SEES))
def test_a_room_sees_no_more_than_it_needs(room):
    """A layer allows everything below it. What a room says of itself is narrower, and is what keeps it replaceable."""
    own, allowed = f"gonogo.{room.replace('/', '.')}", {f"gonogo.{each.replace('/', '.')}" for each in SEES[room]}
    seen = {
        (relative(path), module)
        for path in (HOUSE / room).rglob("*.py")
        for module in imported(path)
        if module.startswith("gonogo") and not (module == own or module.startswith(f"{own}."))
    }

    assert {each for each in seen if not any(f"{each[1]}.".startswith(f"{one}.") for one in allowed)} == set()


def test_modules_are_imported_by_name_in_registries_alone():
    """Such an import points wherever its text says, and gives a value of no type."""
    names = ("import_module", "__import__")
    found = {
        relative(path)
        for path in SOURCES
        if any(name in (text := path.read_text(encoding="utf-8")) for name in names)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in names
    }

    assert found == set(BY_NAME)


def test_no_collector_imports_another_domain():
    """A domain can be replaced or shipped alone. ``table`` and ``attestation`` serve every domain."""
    for path in (HOUSE / "collectors").rglob("*.py"):
        room = path.relative_to(HOUSE / "collectors").parts
        for module in imported(path):
            parts = module.split(".")[2:] if module.startswith("gonogo.collectors.") else []
            domains = [part for part in parts[:1] if part in ("program", "system", "workforce", "operations")]
            assert not domains or domains[0] == room[0], f"{relative(path)} imports {module}"


def test_no_room_imports_a_collector():
    """What a collector declares is asked of the registry. Rows and columns are readers, and no collector is in them."""
    readers = ("gonogo.collectors.rows", "gonogo.collectors.columns")
    imports = {
        (relative(path), module)
        for path in SOURCES
        if not relative(path).startswith("collectors/")
        for module in imported(path)
        if module.startswith("gonogo.collectors") and not module.startswith(readers)
    }

    assert imports == set()


@pytest.mark.parametrize(
    "room", sorted(path.parent for path in SOURCES if path.name == "__init__.py"), ids=lambda path: relative(path)
)
def test_each_room_says_what_it_is_and_what_may_not_be_put_there(room):
    """A newcomer opens the folder and knows whether he is in the right one."""
    text = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""

    assert len(text) >= 80, "three lines: what it is, what it may import, what may not be put there"
    if room.parent == HOUSE:
        assert len([line for line in text.splitlines() if line]) >= 3
        assert re.search(r"\b(belongs?|never|nothing|no|nobody|out of reach)\b", text, re.I), "what is not put there"


@pytest.mark.parametrize(
    "room", sorted(path.parent for path in HOUSE.glob("*/__init__.py")), ids=lambda path: relative(path)
)
def test_a_room_imports_what_it_says(room):
    """Three lines that were true last year send a newcomer to the wrong room."""
    text = " ".join((ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or "").split())
    said = re.search(r"\bImports (.*?)(?:\. |; |\.$)", text)
    assert said is not None, "Imports ``one``, ``another`` and ``a third``."
    seen = {
        each
        for path in room.rglob("*.py")
        for module in imported(path)
        for each in module.split(".")[1:2]
        if module.startswith("gonogo.") and each not in {room.name, *EVERYWHERE}
    }

    if not said[1].startswith("every room below"):
        named = set(re.findall(r"``([a-z_]+)``", said[1]))
        assert named == seen, "the names after Imports are the rooms that it imports"


def test_no_file_name_means_two_things():
    """A reader who is sent to ``formats.py`` finds one."""
    alike = {"__init__.py", "__main__.py", "settings.py", "facts.py"}  # of a collector each
    places = defaultdict(list)
    for path in SOURCES:
        places[path.name].append(relative(path))

    assert {name: found for name, found in places.items() if len(found) > 1 and name not in alike} == {}


def test_no_class_name_means_two_things():
    """Who reads ``Statement`` in a message, a page or a search knows which one; a private class is its file's own."""
    places = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(relative(path))

    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_two_files_import_each_other():
    """Neither at once nor by way of others: in a circle nobody can say what rests on what."""
    modules = set(map(dotted, SOURCES))
    needs: dict[str, set[str]] = {}
    for path in SOURCES:
        name = dotted(path)
        needs[name] = set()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom):
                wholes = {f"{node.module}.{alias.name}" for alias in node.names}
                needs[name] |= (wholes & modules) | ({node.module or ""} & modules if wholes - modules else set())
        needs[name].discard(name)
    free: set[str] = set()
    while ready := {name for name, wanted in needs.items() if name not in free and wanted <= free}:
        free |= ready

    assert sorted(needs.keys() - free) == []
