"""Links between the tasks of Microsoft Project XML."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from gonogo.collectors.program.schedule.activities import ActivityLink, LinkType
from gonogo.collectors.program.schedule.mspdi_values import lag_of, read_flag
from gonogo.collectors.program.schedule.xml_records import Record
from gonogo.plugin.spec import CollectorRefusal

LINK_TYPES: Final = {"0": LinkType.FF, "1": LinkType.FS, "2": LinkType.SF, "3": LinkType.SS}


def read_links(
    tasks: list[Record], live: Container[str], idle: Container[str], null: Container[str]
) -> tuple[tuple[ActivityLink, ...], tuple[ActivityLink, ...], dict[str, tuple[str, ...]]]:
    """Return the links among live rows, those from or to inactive ones, and what of other projects drives a row.

    Raises:
        CollectorRefusal: A link is doubled, of an unknown type, to its own row, or from a row that is not in the file.
    """
    links: dict[tuple[str, str, str], ActivityLink] = {}
    idle_links: dict[tuple[str, str, str], ActivityLink] = {}
    unseen: dict[str, tuple[str, ...]] = {}
    for task in tasks:
        succ = task["UID"]
        for entry in task.get("PredecessorLink", ()):
            if not any(entry.values()):
                continue
            pred = entry.get("PredecessorUID", "")
            form = entry.get("Type") or "1"
            if form not in LINK_TYPES:
                raise CollectorRefusal(f"UID {succ}: a predecessor link has the type {form[:20]!r}")
            known = links if pred in live and succ in live else idle_links
            if (pred, succ, form) in known or pred == succ:
                raise CollectorRefusal(f"UID {succ}: the link from {pred[:40]} is written twice, or is to itself")
            entry.setdefault("UID", succ)  # for messages
            lag, kind = lag_of(entry)
            if pred in live or pred in idle:
                known[pred, succ, form] = ActivityLink(pred, succ, LINK_TYPES[form], lag, kind)
            elif pred not in null:
                if not read_flag(entry, "CrossProject"):
                    raise CollectorRefusal(f"UID {succ}: its predecessor {pred[:40]!r} is not in the file")
                what = entry.get("CrossProjectName", "")[-120:] or f"UID {pred[:40]} of another project"
                unseen[succ] = (*unseen.get(succ, ()), what)
    return tuple(links.values()), tuple(idle_links.values()), unseen
