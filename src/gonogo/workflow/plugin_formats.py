"""Report formats of plugins: found before a run, allowed by the program, and looked at before anybody reads them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gonogo.errors import ConfigurationError, PluginError, Problem, ReportFault, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.verdict_words import verdicts_in
from gonogo.plugin.discovery import PluginEntry, discover, named_entry
from gonogo.plugin.offers import Offer, describe, render
from gonogo.program.program_file import load_program
from gonogo.report.formats.json_format import render as json_report
from gonogo.report.view import RunView

STRUCTURED: Final = ("json", "xml", "csv")
"""Endings of media types whose order says nothing: a part of it may give a domain's verdict before that of the run."""
TEXTS: Final = ("text/", "application/json", "application/xml")


@dataclass(frozen=True, slots=True)
class PluginFormat:
    """A report format that a plugin brings.

    Attributes:
        entry: The plugin.
        name: Name of the format in the plugin.
        media_type: What it writes; empty where it could not be asked before the run.
    """

    entry: PluginEntry
    name: str
    media_type: str

    @property
    def version(self) -> str:
        """Who rendered, for the record: distribution and version."""
        return f"{self.entry.distribution} {self.entry.version}"


def find_format(wanted: str, program: Path) -> PluginFormat:
    """Find the report format ``plugin/name``, before anything runs.

    Starts the plugin once, to ask what it has, if this machine can keep it from changing anything. If not, it is asked
    when it renders: before evidence has been read nobody else's code may run.

    Raises:
        ConfigurationError: The plugin is not installed, or ``plugins: allow:`` of the program does not name it.
        PluginError: It cannot be used.
        UsageError: It has no such format.
    """
    plugin, _, name = wanted.partition("/")
    entry = named_entry(plugin, discover(), load_program(program).program.allow, who=f"-o {wanted}")
    if isinstance(entry, Problem):
        raise ConfigurationError([entry])
    [offer] = describe([entry], only_walled=True)
    if not offer.asked:
        return PluginFormat(entry, name, "")
    return _offered(offer, wanted)


def _offered(offer: Offer, wanted: str) -> PluginFormat:
    plugin, _, name = wanted.partition("/")
    if offer.refused:
        raise PluginError(f"-o {wanted}: {offer.refused}")
    found = {form.name: form.media_type for form in offer.formats}
    if name not in found:
        listed = ", ".join(f"{plugin}/{each}" for each in sorted(found)) or "none"
        raise UsageError(f"The plugin {plugin} has no report format {name!r}.", hint=f"it has: {listed}")
    return PluginFormat(offer.entry, name, found[name])


def render_by(form: PluginFormat, view: RunView) -> bytes:
    """Return a run as the plugin renders it.

    Raises:
        PluginError: It could not be asked before, and cannot be used.
        UsageError: It could not be asked before, and has no such format.
        ReportFault: It failed; or it is text, by its media type or by its bytes, that does not say what kind of run
            this was, gives a better verdict than the run's, or lacks the marking.
    """
    if not form.media_type:
        [offer] = describe([form.entry])
        form = _offered(offer, f"{form.entry.name}/{form.name}")
    data = render(form.entry, form.name, json_report(view))
    check_rendered(f"{form.entry.name}/{form.name}", data, view, form.media_type)
    return data


def check_rendered(who: str, data: bytes, view: RunView, media_type: str) -> None:
    """Look at what ``who`` made of a run; bytes that nobody can read as text are taken as they are.

    Raises:
        ReportFault: As for :func:`render_by`.
    """
    if media_type.startswith(TEXTS) or media_type.endswith(("+json", "+xml")) or _is_text(data):
        _check_text(who, data, view, media_type)


def _is_text(data: bytes) -> bool:
    """Whether anybody could read the bytes as they are, whatever the plugin calls them."""
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _check_text(who: str, data: bytes, view: RunView, form: str) -> None:
    try:
        text = " ".join(html.unescape(data.decode("utf-8")).split())
    except UnicodeDecodeError as error:
        raise ReportFault(f"The report of {who} is declared as text but is not UTF-8; it is not shown.") from error
    kind, marking = view.started.kind, view.started.program.marking
    if kind.purpose is not Purpose.DECISION and kind.sentence not in text:
        raise ReportFault(
            f"The report of {who} does not say {kind.sentence!r}, so it might be taken for a decision; it is not shown."
        )
    verdict, own = verdicts_in(text), view.decision.verdict
    better = [each for each in verdict if each.rank > own.rank]
    prose = not form.endswith(STRUCTURED)
    if better and (own not in verdict or (prose and verdict.index(better[0]) < verdict.index(own))):
        raise ReportFault(
            f"The report of {who} says {better[0]} before {own}, which is the verdict of the run; it is not shown."
            if own in verdict
            else f"The report of {who} says {better[0]}, and the verdict of the run is {own}; it is not shown."
        )
    if re.search(rf"\bverdict\s*=\s*(?!{re.escape(own)}\b)(?:NO-GO|CONDITIONAL GO|GO)\b", text):
        raise ReportFault(f"The report of {who} ends in a verdict other than {own}; it is not shown.")
    if marking and text.count(marking) < 2:
        raise ReportFault(f"The report of {who} lacks the marking {marking!r} at head and foot; it is not shown.")
