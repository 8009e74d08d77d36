"""Write docs/reference from the registries in the code: ``python tools/reference.py FOLDER``.

Whatever a reader may rely on is a registry in the code; a test regenerates these pages and compares them byte for byte.
"""

from __future__ import annotations

import inspect
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click
from crosswalk import crosswalk
from reference_shapes import MODELS, describe, shape
from reference_text import attributes, code, first, page, prose, table

import gonogo
from gonogo.cli.command_group import COMMANDS
from gonogo.cli.command_group import gonogo as group
from gonogo.core.wording import seat_words
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import GapReason
from gonogo.model.people import M3_ROLES
from gonogo.model.record import SHAPES
from gonogo.plugin import recognizes, spec
from gonogo.plugin.discovery import discover
from gonogo.plugin.registry import load
from gonogo.profiles.profile_words import binding_example
from gonogo.profiles.shelf import shipped_profiles
from gonogo.program.schema import schemas
from gonogo.report.formats import FORMATS
from gonogo.ruleset.loader import ruleset_by_name
from gonogo.ruleset.locate import shipped_rulesets
from gonogo.workflow.error_codes import all_codes, classes
from gonogo.workflow.exit_codes import MEANING


def commands() -> str:
    """Every command with its help, as a terminal of 100 columns shows it."""
    sections = []
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        sections += list(_helps(command, f"gonogo {name}"))
    head = "Every command prints its help with `--help`. Results go to stdout, everything else to stderr."
    return page("Commands", head, table(("command", "what it does"), _listed()), *sections)


def _listed() -> Iterator[tuple[str, str]]:
    return ((f"[`gonogo {name}`](#gonogo-{name})", what) for name, what in COMMANDS.items())


def _helps(command: click.Command, path: str) -> Iterator[str]:
    context = click.Context(command, info_name=path, terminal_width=100, max_content_width=100)
    yield f"## {path}\n\n```text\n{command.get_help(context)}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _helps(child, f"{path} {name}")


def exit_codes() -> str:
    """The exit codes and their one meaning."""
    rows = ((str(int(number)), number.name.replace("_", " "), text) for number, text in MEANING.items())
    head = "Everything that is not a recorded GO ends with another code than 0. No option renumbers them; `--accept"
    head += " conditional`, where the program file allows it, lets a CONDITIONAL GO end with 0 and says so everywhere."
    return page("Exit codes", head, table(("code", "name", "meaning"), rows))


def errors() -> str:
    """Every error code, what it means, and how the process ends."""
    endings = {number: str(each.exit_code) for number, each in classes().items()}
    endings |= {"G000": "4", "G002": "4", "G003": "4"}
    rows = []
    for number, meaning in all_codes().items():
        warning = meaning.startswith("Warning")
        rows.append((number, meaning, "" if warning else endings.get(number, "2")))
    head = "A message reads `error[G103] file:line:column: what is wrong`, with a hint where one helps. Numbers are"
    return page("Error codes", f"{head} never given twice.", table(("code", "meaning", "exit code"), rows))


def facts() -> str:
    """The vocabulary of every shipped ruleset."""
    parts = []
    for name in shipped_rulesets():
        rules = ruleset_by_name(name)
        parts.append(f"## {name}\n\n{len(rules.vocabulary.facts)} facts. `gonogo facts NAME` shows one in a terminal.")
        rows = []
        for fact in rules.vocabulary.facts:
            users = [criterion.id for criterion in rules.ruleset.criteria if fact.name in criterion.facts]
            kind = f"{fact.type} ({fact.unit})" if fact.unit else str(fact.type)
            kind += f": {', '.join(code(word) for word in fact.allowed)}" if fact.allowed else ""
            rows.append((code(fact.name), kind, fact.meaning, fact.question, ", ".join(code(user) for user in users)))
        parts.append(table(("fact", "type", "meaning", "what a person would be asked", "read by"), rows))
    return page("Facts", "Shares are ratios from 0 to 1. Times are instants with a zone.", *parts)


def events() -> str:
    """Every event of the audit log, and the line that carries it."""
    line = attributes(SealedRecord.__doc__)
    rows = [(code("~h" if name == "hash" else name), text) for name, text in line.items()]
    parts = ["## The line", prose(SealedRecord.__doc__), table(("key", "meaning"), rows)]
    for kind, form in SHAPES.items():
        schema = form.data.model_json_schema(mode="serialization", by_alias=True)
        meanings = {**attributes(MODELS.get(form.data.__name__, form.data).__doc__), **attributes(form.data.__doc__)}
        names = {field.alias or name: name for name, field in form.data.model_fields.items()}
        shown = [
            (code(key), describe(field, schema), meanings.get(names.get(key, key), ""))
            for key, field in schema.get("properties", {}).items()
        ]
        of_run = "Belongs to a run." if form.of_run else "Is about the log itself."
        parts += [f"## {kind}", f"{prose(form.data.__doc__)}\n\n{of_run}", table(("key", "value", "meaning"), shown)]
    reasons = ((code(each.value), _doc_of(GapReason, each.name)) for each in GapReason)
    parts += ["## Reasons of a gap", table(("reason", "meaning"), reasons)]
    head = "One canonical JSON object (RFC 8785) a line, each sealed with the hash of the one before."
    return page("Audit events", head, *parts)


def _doc_of(kind: type, name: str) -> str:
    """Return the docstring that stands below a member of an enum."""
    lines = inspect.getsource(kind).splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip().startswith(f"{name} = "))
    return lines[at + 1].strip().strip('"')


def hooks() -> str:
    """What a plugin implements and what it is handed."""
    parts = [prose(spec.__doc__), "## Hooks", prose(spec.Hooks.__doc__)]
    for name, hook in vars(spec.Hooks).items():
        if name.startswith("gonogo_"):
            parts.append(f"### {name}\n\n`{name}{_arguments(hook)}`\n\n{prose(hook.__doc__)}")
    parts.append("## What plugins use")
    for kind in (spec.Collector, spec.LocalFact, spec.Answer, spec.Job, spec.Input, spec.Settings, spec.ReportFormat):
        parts += list(_class(kind))
    parts += ["## What a collector may say of its files", prose(recognizes.__doc__)]
    for kind in (recognizes.Recognizes, recognizes.Plan, recognizes.Start):
        parts += list(_class(kind))
    for error in (spec.CollectorRefusal, spec.SettingsRefusal):
        parts += list(_class(error))
    return page("Hooks and the plugin contract", *parts)


def _class(kind: type) -> Iterator[str]:
    yield f"### {kind.__name__}\n\n{prose(kind.__doc__)}"
    meanings = attributes(kind.__doc__)
    if meanings:
        yield table(("attribute", "meaning"), ((code(name), text) for name, text in meanings.items()))
    methods = [
        (code(f"{name}{_arguments(method)}"), first(method.__doc__))
        for name, method in vars(kind).items()
        if inspect.isfunction(method) and not name.startswith("_")
    ]
    if methods:
        yield table(("method", "what it does"), methods)


def _arguments(function: Callable[..., Any]) -> str:
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    return f"({', '.join(names)})"


def plugins() -> str:
    """Every built-in plugin: collectors with their facts and settings; report formats."""
    parts = ["A binding names a collector as `plugin` or, where a plugin has several, `plugin:collector`."]
    for entry in discover().values():
        if not entry.builtin:
            continue
        parts.append(f"## {entry.name}\n\n`{entry.module}`")
        for collector in load(entry.name, entry.module).collectors.values():
            rows = [(code(f.name), f"{f.type} ({f.unit})" if f.unit else f.type, f.meaning) for f in collector.facts]
            known = table(("fact", "type", "meaning"), rows) if rows else "Its facts are what its settings say."
            network = ", ".join(collector.network) or "It needs no network."
            parts += [f"### {entry.name}:{collector.name}", prose(collector.__doc__), network, known]
            schema = collector.settings.model_json_schema(by_alias=True)
            parts.append(shape(f"Settings of {entry.name}:{collector.name}", schema, "####"))
    rows = [(code(each.name), each.suffix, each.media_type) for each in FORMATS.values()]
    parts += ["## Report formats", table(("`-o`", "suffix", "media type"), rows)]
    return page("Built-in plugins", *parts)


def settings() -> str:
    """Every file that a person writes."""
    head = "Unknown keys, duplicate keys, anchors and tags are errors; text that looks like a number needs quotes."
    head += " `gonogo schema` prints the JSON Schemas of these files for editors."
    seats = table(("seat", "in words"), ((code(role), seat_words(role)) for role in M3_ROLES))
    parts = [shape(name, schema) for name, schema in schemas().items()]
    return page("Files that people write", head, *parts, "## Seats that M3 knows", seats)


def profiles() -> str:
    """Every export profile that ships."""
    shipped = shipped_profiles()
    rows = ((f"[`{each.reference}`](#{each.name})", each.title, ", ".join(each.formats), each.what) for each in shipped)
    parts = [table(("profile", "what", "formats", "one row"), rows)]
    for each in shipped:
        parts.append(f"## {each.name}\n\n{each.tool}. Digest of version {each.version}: `{each.sha256[:16]}`.")
        parts.append("```yaml\n" + "\n".join(binding_example(each)) + "\n```")
        parts.append(f"**When it held.** {each.as_of}" + (f"\n\n**Export it.** {each.save_as}" if each.save_as else ""))
        heads = (
            (code(column.name), "; ".join(column.headings), "yes" if column.needed else "may be absent")
            for column in each.columns()
        )
        parts.append(table(("column", "headings", "must be there"), heads))
        words = ((code(name), found.meaning, ", ".join(found.usual)) for name, found in each.words.items())
        parts.append(table(("`answers:`", "meaning", "usual words"), words))
        known = (
            (", ".join(code(f"{prefix}.{name}") for prefix in group.prefixes), fact["meaning"])
            for group in each.facts
            for name, fact in group.facts.items()
        )
        parts.append(table(("fact", "meaning"), known))
        for title, sentences in (
            ("Only a person can answer", each.asks),
            ("It cannot prove", each.not_provable),
            ("Traps", each.traps),
            ("Made from", each.made_from),
        ):
            if sentences:
                parts.append(f"**{title}**\n\n" + "\n".join(f"- {sentence}" for sentence in sentences))
    head = "What exports of well-known tools look like. [How to use, write and test one](../how-to/export-profiles.md)."
    return page("Export profiles", head, *parts)


def api() -> str:
    """The names that ``import gonogo`` offers."""
    rows = ((code(name), first(getattr(gonogo, name).__doc__)) for name in gonogo.__all__)
    return page("Python", "`from gonogo import …`; anything else may move.", table(("name", "what it is"), rows))


PAGES = {
    "commands": commands,
    "exit-codes": exit_codes,
    "errors": errors,
    "facts": facts,
    "crosswalk": crosswalk,
    "events": events,
    "hooks": hooks,
    "plugins": plugins,
    "settings": settings,
    "profiles": profiles,
    "python": api,
}


def stale(pyproject: str, installed: Iterable[str]) -> list[str]:
    """Names of plugins that pyproject.toml and the installed gonogo do not share: it is an old installation."""
    return sorted(set(tomllib.loads(pyproject)["project"]["entry-points"]["gonogo.plugins"]) ^ set(installed))


def main() -> int:
    """Write every page into the folder that is named."""
    folder = Path(sys.argv[1])
    pyproject = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    if old := stale(pyproject, (point.name for point in entry_points(group="gonogo.plugins"))):
        raise SystemExit(f"The installed gonogo is not this one: {', '.join(old)}. Run: pip install --no-deps -e .")
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in PAGES.items():
        (folder / f"{name}.md").write_text(write(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
