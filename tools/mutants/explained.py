"""Survivors that no test needs to notice: the changed code does the same, or does it only slower."""

from __future__ import annotations

EXPLAINED: dict[str, str] = {
    "src/gonogo/profiles/profile.py: 4096 becomes 4097: _KEPT: Final = 4096": "How many headings are kept in memory.",
    "src/gonogo/profiles/profile.py: False becomes True: "
    "_columns: tuple[HeadColumn, ...] = field(init=False, repr=False, compare=False)": (
        "What a debugger shows, and columns that are equal where tables are."
    ),
    "src/gonogo/documents/office/slide_deck.py: 2 becomes 3: "
    '_FORM: Final = ZipForm("PPTX file", 5_000, 2**20, 256 * 2**20)': (
        "How much a deck may hold, far above any; each comparison with such a limit has its tests in test_zip_archive."
    ),
    "src/gonogo/documents/office/slide_deck.py: 0 becomes 1: "
    'across = (_number(size, "cx"), _number(size, "cy")) if size is not None else (0, 0)': (
        "The size of a slide counts only if both numbers are there; one of them is nought all the same."
    ),
    "src/gonogo/collectors/system/git/pack.py: 30 becomes 31: MOST_INFLATED: Final = 2**30": (
        "How much of a repository is unpacked; the comparison with it has its test, with a smaller number."
    ),
    "src/gonogo/web/overview_page.py: 0 becomes 1: waiting: int = 0": (
        "It stands only where the program's files have mistakes; the page shows those, and no such number."
    ),
    "src/gonogo/web/forms.py: the statement is dropped: super().__init__(sentence)": (
        "What a traceback would show; the page shows the sentence itself."
    ),
    "src/gonogo/web/local_server.py: the statement is dropped: "
    "listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)": (
        "Whether a port can be taken again in the minute after it was left: a matter of the system and its clock."
    ),
    "src/gonogo/web/local_server.py: 1 becomes 2: listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)": (
        "Any number but 0 is yes."
    ),
    "src/gonogo/first_week/adding/binding_workbook.py: is becomes is not: "
    'sheet.write_string(line, _SECOND, row.second or "", locked if row.second is None else ask)': ("How a cell looks."),
    "src/gonogo/first_week/adding/binding_workbook.py: 0 becomes 1: first.set_column(0, 0, 110)": (
        "How wide a column is shown."
    ),
    "src/gonogo/first_week/adding/binding_workbook.py: the statement is dropped: sheet.set_column(column, column, width)": (
        "How wide a column is shown."
    ),
    "src/gonogo/first_week/adding/binding_workbook.py: True becomes False: "
    'head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1A3A5C", "border": 1})': (
        "How a heading looks."
    ),
    "src/gonogo/audit/macos.py: True becomes False: "
    "found = ctypes.CDLL(None, use_errno=True) if library is None else library": (
        "On macOS alone: the number in the words of a call that was refused."
    ),
    "src/gonogo/collectors/table/inspection.py: raise becomes pass: "
    'raise StructuralFault("a query is exactly one SELECT")': (
        "Two guards stand behind one another, by the statements and by the tree; each refuses what the other lets by."
    ),
    "src/gonogo/core/operand.py: the condition becomes False: "
    "return entry if isinstance(entry, Gap) else self.chosen.get(fact, entry)": (
        "A value is chosen of several that were read, never of a gap; the gap goes first all the same."
    ),
    "src/gonogo/collectors/table/query_reads.py: False becomes True: "
    "stack: list[tuple[Any, _Scopes, bool]] = [(tree, (), False)]": (
        "The root of a tree is a statement: it mentions no column, and hands on only what a cast would."
    ),
    "src/gonogo/collectors/table/query_blanks.py: the condition becomes True: "
    "if settings.may_be_blank and settings.blank is None:": (
        "No other column has a blank cell once it is loaded: more is looked at, and the same is found."
    ),
    "src/gonogo/collectors/table/query_blanks.py: and becomes or: "
    "if settings.may_be_blank and settings.blank is None:": (
        "No other column has a blank cell once it is loaded: more is looked at, and the same is found."
    ),
    "src/gonogo/collectors/table/query_reads.py: the condition becomes True: scope = scopes[0] if scopes else {}": (
        "A star or a join always stands in a SELECT, which is a scope."
    ),
    "src/gonogo/collectors/table/query_reads.py: the condition becomes True: "
    "tables = set(scopes[0].values()) if scopes else set(columns)": (
        "A star or a join always stands in a SELECT, which is a scope."
    ),
    "src/gonogo/collectors/table/headless.py: 200 becomes 201: _SAMPLE: Final = 200": (
        "How many cells are compared with the heading; one more changes no file that anybody has."
    ),
    "src/gonogo/collectors/table/subjects.py: the condition becomes True: if others:": (
        "The table is written anew though no row is left out: slower, and the same."
    ),
    "src/gonogo/collectors/table/fact_type.py: 1 becomes 2: moment = datetime(2000, 1, 1, tzinfo=UTC)": (
        "Any moment will do: expressions are checked for their types, and computed later."
    ),
    "src/gonogo/collectors/table/fact_type.py: 2000 becomes 2001: moment = datetime(2000, 1, 1, tzinfo=UTC)": (
        "Any moment will do: expressions are checked for their types, and computed later."
    ),
    "src/gonogo/collectors/table/placeholders.py: continue becomes pass: continue": (
        "Placeholders of other columns are noted too; each is looked for in the column that asks alone."
    ),
    "src/gonogo/collectors/table/shown.py: < becomes <=: return bool(foreign or alike < plain)": (
        "Keys are then looked at one by one where the database has found none: slower, and the same."
    ),
    "src/gonogo/collectors/columns/cells.py: 2 becomes 3: "
    'stored = f"DECIMAL({DIGITS + scale + 2},{scale + 2})"': "Room for one more digit, which is a zero.",
    "src/gonogo/comparison/compare.py: False becomes True: verdict_worse: bool = False": "Every comparison says it.",
    "src/gonogo/comparison/compare.py: False becomes True: verdict_better: bool = False": "Every comparison says it.",
    "src/gonogo/collectors/system/junit/xml_report.py: the statement is dropped: element.clear()": "A matter of memory.",
    "src/gonogo/collectors/system/junit/report_model.py: 2 becomes 3: PASSED = 2": "Only the order of outcomes counts.",
    "src/gonogo/collectors/system/junit/report_model.py: 0 becomes 1: hidden_failures: int = 0": "Set where the root ends.",
    "src/gonogo/collectors/system/junit/report_model.py: 0 becomes 1: idle: int = 0": "Set where the root ends.",
    'src/gonogo/engine/rollup.py: 2 becomes 3: "verdict": {GO: {"q": 0, "bad": 0}, CONDITIONAL: {"q": 1, "bad": 0}, '
    'NO_GO: {"q": 2, "bad": 1}},': "No rule asks for q of a NO-GO: it is bad, and that decides.",
    "src/gonogo/engine/durable.py: 60 becomes 61: CPU_S: Final = 60": "A limit on a child that hangs, a second later.",
    'src/gonogo/engine/durable.py: the statement is dropped: locale.setlocale(locale.LC_NUMERIC, "C")': (
        "Children start in the C locale; this is for a host that is embedded in a program with another one."
    ),
    "src/gonogo/collectors/table/prepared.py: False becomes True: suspicious: bool = False": (
        "Of tables that gonogo wrote itself, from a workbook or JSON: one more check of quotes, which finds nothing."
    ),
    "src/gonogo/collectors/program/schedule/worktime.py: 40000 becomes 40001: FARTHEST_DAYS: Final = 40_000": (
        "A century: how far ahead a date is looked for. One day more moves none."
    ),
    "src/gonogo/collectors/program/schedule/worktime.py: < becomes <=: "
    "return self.minutes(start, end, most=end < start)": (
        "Between a moment and itself no time lies in either reading."
    ),
    "src/gonogo/collectors/program/schedule/staffing.py: < becomes <=: if lower < upper:": (
        "A span of no length asks for no time, added or not."
    ),
    "src/gonogo/collectors/program/schedule/xer_tasks.py: 0 becomes 1: "
    'return (read_number(row, "phys_complete_pct") or 0) >= 100': "Neither is 100.",
    "src/gonogo/collectors/program/schedule/xml_records.py: 1 becomes 2: CHUNK: Final = 1 << 18": (
        "How much is read at a time is a matter of speed."
    ),
    "src/gonogo/collectors/program/schedule/xml_records.py: 18 becomes 19: CHUNK: Final = 1 << 18": (
        "How much is read at a time is a matter of speed."
    ),
    "src/gonogo/plugin/declarations.py: 1 becomes 2: close = difflib.get_close_matches(name, vocabulary.names(), n=1)": (
        "Only the nearest name is told; how many others were found beside it shows nowhere."
    ),
    "src/gonogo/collectors/program/schedule/worktime.py: 0 becomes 1: sums = [0]": (
        "Of the corrections, not of the week: every count of working time shifts alike, and only differences are used."
    ),
    "src/gonogo/core/turn.py: 500 becomes 501: STEPS: Final = 500": (
        "How long the search for the moment goes on; where it ends, the moment is told too early, never too late."
    ),
    "src/gonogo/collectors/listed_rows.py: 1 becomes 2: "
    "last = max((row for row in range(1, sheet.last_row + 1) if _used(sheet, row)), default=0)": (
        "Row 1 is the header: whether it is the last row or there is none, there are no cases; and the row after the "
        "last one is never used."
    ),
    "src/gonogo/audit/chain.py: 512 becomes 513: _LONGEST_SUFFIX: Final = 512": (
        "More than the longest suffix that the pattern can match; how much more is a matter of speed."
    ),
    "src/gonogo/audit/kept.py: 20 becomes 21: _CHUNK: Final = 2**20": "How much is read at once: a matter of speed.",
    "src/gonogo/audit/chain.py: 1000000 becomes 1000001: "
    "later = (read_link(line) for line in islice(rest, 1_000_000))": (
        "How far a record is looked for that stands elsewhere; it changes a word, not whether the log is broken."
    ),
    "src/gonogo/audit/io.py: 0 becomes 1: "
    'DIRECTORY: Final[int] = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _KEEP': (
        "On Windows alone; nothing is written there."
    ),
    'src/gonogo/audit/io.py: 0 becomes 1: READ: Final[int] = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _KEEP': (
        "On Windows alone; nothing is written there."
    ),
    "src/gonogo/audit/io.py: 0 becomes 1: "
    '_KEEP: Final[int] = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)': (
        "On Windows alone; nothing is written there."
    ),
    "src/gonogo/audit/io.py: the statement is dropped: "
    'fcntl.fcntl(descriptor, getattr(fcntl, "F_FULLFSYNC"))  # noqa: B009  # absent from Linux\'s stubs': (
        "On macOS alone."
    ),
    'src/gonogo/audit/io.py: the condition becomes True: if hasattr(os, "fdatasync"):': "On macOS alone.",
    "src/gonogo/audit/io.py: >= becomes >: if time.monotonic() >= deadline:": "The clock goes on between two looks.",
    "src/gonogo/audit/io.py: the statement is dropped: time.sleep(LOCK_PAUSE_S)": "It would wait without a rest.",
    "src/gonogo/audit/kept.py: 2 becomes 3: _CHUNK: Final = 2**20": "How much is read at once: a matter of speed.",
    "src/gonogo/audit/store.py: 2 becomes 3: _CHUNK: Final = 2**20": "How much is read at once: a matter of speed.",
    "src/gonogo/audit/store.py: 20 becomes 21: _CHUNK: Final = 2**20": "How much is read at once: a matter of speed.",
    "src/gonogo/audit/store.py: < becomes <=: "
    "while offset < end and (part := self._io.read(self._segment, min(_CHUNK, end - offset), offset)):": (
        "No bytes are asked for then, and none is the end."
    ),
    "src/gonogo/audit/store.py: | becomes &: "
    "parent = self._io.open(str(self._folder.absolute().parent), os.O_RDONLY | os.O_CLOEXEC, None)": (
        "Python opens everything so that no child inherits it."
    ),
    "src/gonogo/collectors/system/junit/counters.py: 0 becomes 1: hidden: int = 0": "Read where they disagree.",
    "src/gonogo/collectors/system/junit/counters.py: 0 becomes 1: idle: int = 0": "Read where they disagree.",
    "src/gonogo/collectors/system/junit/planned_cases.py: 1000000 becomes 1000001: MAX_CASES: Final = 1_000_000": (
        "The limit itself is tested with smaller ones."
    ),
    "src/gonogo/collectors/system/junit/planned_cases.py: 1000 becomes 1001: MAX_VALUES: Final = 1000": (
        "The limit itself is tested with smaller ones."
    ),
    "src/gonogo/collectors/system/junit/planned_cases.py: or becomes and: if critical is None or columns.critical is None:": (
        "Both are there, or neither is."
    ),
    "src/gonogo/collectors/system/junit/planned_cases.py: 1 becomes 2: "
    "close = difflib.get_close_matches(name, header, n=1)": "The nearest one comes first, however many are asked for.",
    "src/gonogo/collectors/listed_rows.py: 0 becomes 1: "
    "last = max((row for row in range(1, sheet.last_row + 1) if _used(sheet, row)), default=0)": (
        "A sheet of which no row is used has no header, which is refused."
    ),
    "src/gonogo/collectors/listed_rows.py: 1 becomes 2: "
    'width = max((column for column in range(1, sheet.last_column + 1) if sheet.value(1, column) != ""), default=0)': (
        "The second 1: the column after the last one is blank. The first one is tested."
    ),
    "src/gonogo/path/needed_words.py: the condition becomes True: "
    "fixed = replace(bench, fixed={leaf.id: bench.outcome(leaf, at) for leaf in shared}) if shared else bench": (
        "A bench on which nothing is fixed comes out as the one that it was made of."
    ),
    "src/gonogo/path/reasons.py: 20 becomes 21: "
    "seats = listing([seat_words(seat) for seat in criterion.waivable_by], most=20)": "No criterion has so many seats.",
    "src/gonogo/path/ways.py: 12 becomes 13: MOST_WAYS: Final = 12": "A bound on work: how many ways are followed.",
    "src/gonogo/path/ways.py: 0 becomes 1: tried = 0": "A bound on work, one earlier.",
    "src/gonogo/path/ways.py: 1 becomes 2: tried += 1": "A bound on work, at half as many.",
    "src/gonogo/path/dials.py: or becomes and: "
    "if whole is None or whole > MAX_SAMPLE or not any(_proof(leaf, declared.name) for leaf in readers):": (
        "Without a proof nothing is tried; a sample that is too large proves nothing, and its ends are tried anyway."
    ),
    "src/gonogo/path/gate_clauses.py: the statement is dropped: self.clauses.append(mine)": (
        "No clause needs that a dial stands nowhere, and a dial that stands nowhere moved nothing."
    ),
    "src/gonogo/path/gate_clauses.py: and becomes or: "
    "if self.model.can_block(one) and one.compiled.bare is not None:": "Otherwise the clause is always true.",
    "src/gonogo/path/reasons.py: > becomes >=: "
    "if (start := rung_start(self.identity, self.release, rung)) > scope.now": (
        "A rung that begins now asks what is asked now, so it is not stricter."
    ),
    "src/gonogo/path/smallest.py: 1 becomes 2: small[variable] = (cost.paper(criterion), extra * 1000 + order + 1)": (
        "All papers weigh one more, far below what tells them from facts."
    ),
    "src/gonogo/path/smallest.py: the statement is dropped: order += 1": (
        "Papers of two criteria are never alternatives; of dials, a test notices it."
    ),
    "src/gonogo/path/ways.py: 3000 becomes 3001: _MOST_SEARCHED: Final = 3000": "A bound on work.",
    "src/gonogo/workflow/trend_outlook.py: 0 becomes 1: begin = values[0].as_of": (
        "A pace is the same from whichever day its days are counted."
    ),
    "src/gonogo/workflow/what_if.py: 10 becomes 11: "
    'yield f"closed in the register {register}: {listing(list(keys), most=10)}"': "How many keys a line shows.",
    "src/gonogo/workflow/supposed_values.py: 60 becomes 61: _SHOWN: Final = 60": "How much of a mistake a message repeats.",
    "src/gonogo/notify/news.py: 20 becomes 21: MOST: Final = 20": "How many lines a message has.",
    "src/gonogo/path/dials.py: <= becomes <: if 0 <= part <= whole:": "None and all of a share are tried anyway.",
    "src/gonogo/path/needed_words.py: 3 becomes 4: "
    'both = f"a value so that {listing(list(dict.fromkeys(texts)), most=3)}"': "How many comparisons a line shows.",
    "src/gonogo/path/needed_words.py: and becomes or: if entry.part is not None and entry.whole is not None:": (
        "Evidence has both or neither."
    ),
    "src/gonogo/path/ways.py: or becomes and: if number >= _MOST_TRIED or len(found) >= MOST_WAYS:": "A bound on work.",
    "src/gonogo/workflow/runs_before.py: 1 becomes 2: @lru_cache(maxsize=1)": "How many runs are kept in memory.",
    "src/gonogo/workflow/supposed_values.py: 0 becomes 1: "
    "part, whole = (int(counts[1]), int(counts[2])) if counts is not None else (0, 0)": "Without counts neither is read.",
    "src/gonogo/report/charts/drawn.py: < becomes <=: "
    "if reading.fact not in found or limit - age < found[reading.fact][1] - found[reading.fact][0]:": (
        "Of two limits that leave as many days, either is the nearest."
    ),
}
"""The name of a mutant (file, change, line), and why it may live."""
