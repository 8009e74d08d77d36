"""Answers each line of input, a JSON object, with a line of JSON: what the MPXJ collector says of a plan.

MPXJ first writes the plan in the form that is asked for. It runs in a process of its own: a Java machine has threads,
and the process of the tests must fork.
"""

import json
import os
import sys
from datetime import datetime

from gonogo.collectors.program.schedule.foreign import java_machine
from gonogo.collectors.program.schedule.foreign.mpxj_collector import MpxjCollector
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

WRITERS = {
    "pmxml": "org.mpxj.primavera.PrimaveraPMFileWriter",
    "mpx": "org.mpxj.mpx.MPXWriter",
    "planner": "org.mpxj.planner.PlannerWriter",
}


def written(jpype, data, form):
    """Return a plan as another tool would write it."""
    project = jpype.JClass("org.mpxj.reader.UniversalProjectReader")().read(
        jpype.JClass("java.io.ByteArrayInputStream")(data)
    )
    out = jpype.JClass("java.io.ByteArrayOutputStream")()
    writer = jpype.JClass(WRITERS[form])()
    if form == "pmxml":
        writer.setWriteBaselines(True)
    writer.write(project, out)
    return bytes(out.toByteArray())


def answered(data, asked):
    """Return the answers as plain values, or what the collector refuses."""
    moment = asked.get("as_of")
    job = job_of(
        {"file": ("plan", data)},
        now=datetime.fromisoformat(asked["now"]),
        go_live=datetime.fromisoformat(asked["go_live"]),
        as_of=None if moment is None else datetime.fromisoformat(moment),
        holidays=asked.get("holidays", ()),
    )
    try:
        if asked.get("ahead"):
            settings = MpxjCollector.settings.model_validate_json(json.dumps(asked["settings"]))
            return json.loads(MpxjCollector().activity_network(job, settings).model_dump_json())
        answers = answers_of(MpxjCollector(), job, asked["settings"])
    except CollectorRefusal as refusal:
        return {"refused": str(refusal), "reason": refusal.reason.value}
    return {
        name: [None if each.value is None else str(each.value), each.part, each.whole, each.detail,
               None if each.open_items is None else sorted(each.open_items)]
        for name, each in answers.items()
    }  # fmt: skip


def main():
    """Answer until the input ends."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # libraries of Java write on standard output
    jpype = java_machine._started("")
    for line in sys.stdin:
        asked = json.loads(line)
        data = bytes.fromhex(asked["data"])
        if asked.get("form"):
            data = written(jpype, data, asked["form"])
        for old, new in asked.get("replaced", ()):
            assert old.encode() in data, old
            data = data.replace(old.encode(), new.encode())
        print(json.dumps({"bytes": data.hex()} if asked.get("bytes") else answered(data, asked)), file=out, flush=True)


if __name__ == "__main__":
    main()
