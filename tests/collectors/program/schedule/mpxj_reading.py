"""Answers each line of input, a JSON list of paths, with a line of JSON: what MPXJ reads in these schedule files."""

import json
import sys

import jpype
import mpxj  # noqa: F401  # puts its jars on the class path

jpype.startJVM("-Xshare:auto", "-XX:TieredStopAtLevel=1")
from org.mpxj import TimeUnit  # noqa: E402
from org.mpxj.reader import UniversalProjectReader  # noqa: E402

PERCENT = ("%", "e%")


def moment(value):
    """Return a local date and time as text."""
    return None if value is None else str(value)


def minutes(value, properties):
    """Return a duration in working minutes; a percentage as it is."""
    if value is None:
        return None
    if str(value.getUnits().getName()) in PERCENT:
        return float(value.getDuration())
    return round(float(value.convertUnits(TimeUnit.MINUTES, properties).getDuration()), 3)


def task(row, properties):
    """Return what two readers must agree on about one row."""
    percent = row.getPercentageComplete()
    return {
        "key": str(row.getUniqueID()),
        "number": str(row.getID()),
        "code": str(row.getActivityID() or ""),
        "name": str(row.getName() or ""),
        "summary": bool(row.getSummary()),
        "start": moment(row.getStart()),
        "finish": moment(row.getFinish()),
        "actual_finish": moment(row.getActualFinish()),
        "percent": None if percent is None else float(str(percent)),
        "minutes": minutes(row.getDuration(), properties),
        "slack": minutes(row.getTotalSlack(), properties),
        "lags": sorted(
            [
                str(link.getPredecessorTask().getUniqueID()),
                float(link.getLag().getDuration()),
                str(link.getLag().getUnits()),
            ]
            for link in row.getPredecessors()
        ),
        "baseline_start": moment(row.getBaselineStart()),
        "baseline_finish": moment(row.getBaselineFinish()),
        "links": sorted(
            [str(link.getPredecessorTask().getUniqueID()), str(link.getType()), minutes(link.getLag(), properties)]
            for link in row.getPredecessors()
        ),
    }


def read(path):
    """Return the rows of one file, and its data date."""
    project = UniversalProjectReader().read(path)
    properties = project.getProjectProperties()
    return {
        "status_date": moment(properties.getStatusDate()),
        "minutes_per_day": float(str(properties.getMinutesPerDay())),
        "tasks": [task(row, properties) for row in project.getTasks()],
    }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps([read(path) for path in json.loads(line)]), flush=True)
