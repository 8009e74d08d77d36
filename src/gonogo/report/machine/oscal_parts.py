"""What OSCAL's assessment results and its plan of action and milestones have in common.

OSCAL's titles and descriptions are Markdown, so what others wrote is escaped for that; its properties are plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gonogo.core.wording import shown
from gonogo.model.collected import CollectorFinished
from gonogo.model.evidence import Basis, Evidence, Gap
from gonogo.model.reply import InputRead
from gonogo.report.escape import escape, markdown
from gonogo.report.machine.machine_standing import Account, signal
from gonogo.report.machine.notation import (
    evidence_of,
    identity,
    link,
    moment,
    name_of,
    reasons,
    run_identity,
    sentences,
    subject_identity,
    title_of,
)
from gonogo.report.page import Page
from gonogo.report.view import RunView
from gonogo.report.words import REASON, seat, stopped

OSCAL_VERSION: Final = "1.2.1"
NAMESPACE: Final = "urn:gonogo:oscal"
_NOTHING: Final = "nothing is said"

Part = dict[str, Any]


def marked(text: str) -> str:
    """Return text as Markdown of one line that is only text."""
    return markdown(text) or _NOTHING


def prop(name: str, value: str) -> Part:
    """Return a property of gonogo's own."""
    return {"name": name, "ns": NAMESPACE, "value": escape(value) or _NOTHING}


def filled(part: Part) -> Part:
    """Return a part without what is empty: OSCAL has no empty lists and texts."""
    return {key: value for key, value in part.items() if value not in (None, "", [], {}, ())}


def tool(view: RunView) -> str:
    """Return the id of gonogo as a component: this version, the same in every document."""
    return identity("gonogo", view.started.envelope.version)


def origins(view: RunView) -> list[Part]:
    """Return that gonogo found it."""
    return [{"actors": [{"type": "tool", "actor-uuid": tool(view)}]}]


def components(view: RunView) -> list[Part]:
    """Return gonogo as the component that assessed, and the system that goes live."""
    run = view.started
    release = f"{run.program.title or run.program.id}, release {run.release.id}"
    return [
        {
            "uuid": tool(view),
            "type": "software",
            "title": marked(f"gonogo {run.envelope.version}"),
            "description": "The go-live readiness gate that assessed.",
            "status": {"state": "operational"},
        },
        {
            "uuid": subject_identity(view, "system"),
            "type": "system",
            "title": marked(release),
            "description": marked(run.release.scope or "The release that is to go live."),
            "status": {"state": "under-development"},
        },
    ]


def metadata(view: RunView, page: Page, name: str) -> Part:
    """Return title, version and parties; the version is the run."""
    run = view.started
    parties = [
        {"uuid": subject_identity(view, "party", side), "type": "organization", "name": escape(org) or _NOTHING}
        for side, org in (("customer", run.program.customer), ("provider", run.program.provider))
    ]
    props = [
        prop("report", name_of(view, name)),
        prop("kind-of-run", run.kind.sentence),
        prop("verdict", view.decision.verdict.value),
        prop("verdict-without-waivers", view.decision.without_waivers.value),
        prop("signal", signal(view).value),
        *([prop("marking", run.program.marking)] if run.program.marking else []),
    ]
    return {
        "title": marked(title_of(view, page)),
        "last-modified": moment(run.envelope.started),
        "version": escape(run.envelope.run) or _NOTHING,
        "oscal-version": OSCAL_VERSION,
        "props": props,
        "parties": parties,
        "remarks": summary(view, page),
    }


def summary(view: RunView, page: Page) -> str:
    """Return the first sentences of page one and every reason for a NO-GO, a paragraph each."""
    return "\n\n".join(map(markdown, (*sentences(page), *reasons(view))))


def back_matter(view: RunView) -> Part:
    """Return the rules, the record and every file that was read, with their digests."""
    run = view.started
    resources = [
        {
            "uuid": run_identity(view, "ruleset"),
            "title": marked(f"Ruleset {run.ruleset}"),
            "description": "The criteria by which the run was judged, as they stand in the record.",
            "props": [prop("sha256", run.ruleset_sha256), prop("vocabulary-sha256", run.vocabulary_sha256)],
        },
        {
            "uuid": run_identity(view, "record"),
            "title": marked(f"Record of the run {run.envelope.run}"),
            "description": f"Records {view.first} to {view.last} of the hash-chained audit log; the head is the "
            "SHA-256 of the last one.",
            "props": [
                prop("log", view.log),
                prop("run", run.envelope.run),
                prop("first-record", str(view.first)),
                prop("last-record", str(view.last)),
                prop("head", view.head),
                prop("assessment-digest", view.finished.assessment),
                *([prop("signed-by", run.signed_by)] if run.signed_by else []),
            ],
        },
    ]
    return {"resources": [*resources, *_files(view)]}


def _files(view: RunView) -> Iterator[Part]:
    told = set()
    for reply in view.collectors:
        for file in reply.inputs:
            key = _file(view, reply.binding, file.sha256)
            if key not in told:
                told.add(key)
                yield {
                    "uuid": key,
                    "title": marked(file.path),
                    "description": marked(f"Read for the source {reply.binding} by {reply.collector}."),
                    "props": [prop("binding", reply.binding), prop("size", str(file.size))],
                    "rlinks": [{"href": link(file.path), "hashes": [{"algorithm": "SHA-256", "value": file.sha256}]}],
                }


def _file(view: RunView, binding: str, sha256: str) -> str:
    return run_identity(view, "file", binding, sha256)


def observation_ids(view: RunView, account: Account) -> list[Part]:
    """Return references to what a criterion's facts rest on."""
    ids = [_evidence_id(view, entry) for entry in evidence_of(view, account)]
    ids += [_gap_id(view, gap) for gap in account.finding.gaps]
    return [{"observation-uuid": each} for each in dict.fromkeys(ids)]


def observations(view: RunView, told: tuple[Account, ...]) -> list[Part]:
    """Return what was observed about the facts that some criteria read: a value of each source, or a gap."""
    expires = {
        (account.finding.criterion, reading.fact): reading.stale_at
        for account in told
        for reading in account.finding.facts
        if reading.stale_at is not None
    }
    found: dict[str, Part] = {}
    for account in told:
        for entry in evidence_of(view, account):
            moments = [at for (_, fact), at in expires.items() if fact == entry.fact]
            stale = moment(min(moments)) if moments else None
            found.setdefault(_evidence_id(view, entry), _observed(view, entry, stale))
        for gap in account.finding.gaps:
            found.setdefault(_gap_id(view, gap), _missed(view, gap))
    return list(found.values())


def _evidence_id(view: RunView, entry: Evidence) -> str:
    return run_identity(view, "evidence", entry.fact, entry.source.binding, entry.source.locator)


def _gap_id(view: RunView, gap: Gap) -> str:
    return run_identity(view, "gap", gap.fact, gap.reason.value, gap.binding or "", gap.detail)


def _observed(view: RunView, entry: Evidence, expires: str | None) -> Part:
    by = [f"{each.person} as {seat(each.role)} on {each.on}" for each in entry.attested]
    stated = f" Stated by {'; '.join(by)}." if by else ""
    read = {file.sha256: file.path for reply in view.collectors for file in _inputs(reply, entry.source.binding)}
    digests: list[str | None] = [*dict.fromkeys(entry.source.sha256)] or [None]
    return filled(
        {
            "uuid": _evidence_id(view, entry),
            "title": marked(entry.fact),
            "description": marked(
                f"{entry.fact} = {shown(entry)}, {entry.basis.value}; from {entry.source.locator}.{stated}"
            ),
            "props": [
                prop("fact", entry.fact),
                prop("basis", entry.basis.value),
                prop("as-of", moment(entry.as_of)),
                prop("source", entry.source.binding),
            ],
            "methods": ["EXAMINE" if entry.basis is Basis.MEASURED else "INTERVIEW"],
            "types": ["control-objective"],
            "relevant-evidence": [
                filled(
                    {
                        "href": f"#{_file(view, entry.source.binding, each)}" if each in read and each else None,
                        "description": marked(read.get(each or "", entry.source.locator)),
                        "props": [prop("sha256", each)] if each is not None else None,
                    }
                )
                for each in digests
            ],
            "collected": moment(view.started.now),
            "expires": expires,
        }
    )


def _inputs(reply: CollectorFinished, binding: str) -> tuple[InputRead, ...]:
    return reply.inputs if reply.binding == binding else ()


def _missed(view: RunView, gap: Gap) -> Part:
    return filled(
        {
            "uuid": _gap_id(view, gap),
            "title": marked(gap.fact),
            "description": marked(f"{gap.fact}: no usable value. {REASON[gap.reason]}: {stopped(gap.detail)}"),
            "props": [prop("fact", gap.fact), prop("gap", gap.reason.value)]
            + ([prop("source", gap.binding)] if gap.binding else []),
            "methods": ["UNKNOWN"],
            "types": ["control-objective"],
            "relevant-evidence": [{"description": marked(each)} for each in gap.sources],
            "collected": moment(view.started.now),
        }
    )
