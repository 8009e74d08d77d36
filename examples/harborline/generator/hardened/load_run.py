"""The load test as JMeter 5 writes it: a row a request, with what the thread groups did in that minute."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ..files import dice
from ..names import SERVICES

HEADER = (
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,"
    "grpThreads,allThreads,URL,Latency,IdleTime,Connect"
)
RAMP, FULL = 10, 120
"""Minutes until every user is there, and minutes with all of them."""
USERS, FORECAST = 500, 400
REQUESTS = 3600
_SUM = "Number of samples in transaction : {}, number of failing samples : {}"


def jtl(day: str) -> str:
    """Return the results of a test on a day.

    One request in twenty is slow: the slowest five percent begin after 1,840 ms. After every hundredth request a
    transaction controller sums up the last three; JMeter marks such a row, and who counts it counts requests twice.
    """
    random = dice("jtl")
    start = datetime.fromisoformat(f"{day}T09:30").replace(tzinfo=ZoneInfo("America/New_York"))
    began = int(start.timestamp()) * 1000
    step = (RAMP + FULL + 1) * 60_000 // REQUESTS
    rows = [HEADER]
    for n in range(REQUESTS):
        minute = (n * step) // 60_000
        users = min(USERS, (minute + 1) * (FORECAST - 1) // RAMP) if minute < RAMP else USERS
        users = USERS // 10 if minute >= RAMP + FULL else users
        elapsed = 1840 if n == 401 else random.randint(1841, 2900) if n % 20 == 3 else random.randint(300, 1839)
        failed = n % 450 == 400
        rows.append(_row(began + n * step, elapsed, SERVICES[n % 14], users, n, failed=failed))
        if n % 100 == 99:
            sums = _SUM.format(3, 0)
            rows.append(_row(began + (n - 2) * step, 9000, "Close a period", users, n, sums=sums))
    return "\n".join(rows) + "\n"


def _row(at: int, elapsed: int, label: str, users: int, n: int, *, failed: bool = False, sums: str = "") -> str:
    code, message = ("503", "Service Unavailable") if failed else ("200", "OK")
    if sums:
        code, message = "", f'"{sums}"'
    good = "false" if failed else "true"
    thread = f"Users 1-{n % users + 1}"
    name = label.lower().replace(" ", "-").partition("-(")[0]
    url = "null" if sums else f"https://keelfin.cfsc.example/{name}"
    kind, wait = ("", "0") if sums else ("text", str(elapsed - 40))
    return f"{at},{elapsed},{label},{code},{message},{thread},{kind},{good},,5120,610,{users},{users},{url},{wait},0,0"
