"""Words and shapes by which a table shows what its rows are about, and which of them are no items. Data, nothing else.

Headings are compared in lower case, with every run of other signs as one blank: ``Fix Version/s`` is ``fix version s``.
The lists come from what test managers, work boards, service desks and planning tools export. They are kept short on
purpose: a column that merely describes an item (where a defect was found, which version a document has) is not in them.
"""

from __future__ import annotations

from typing import Final

BUILD: Final = frozenset(
    """
build|build number|build no|build #|build id|build name|build version|build under test|tested build|test build
software build|software version|app version|application version|release build|release candidate|deployed build
executed build|execution build|commit|commit id|commit sha|artifact|artifact version|package version|tag
version tested|tested version|version under test|tested in version|code version|configuration baseline
""".strip()
    .replace("\n", "|")
    .split("|")
)
AROUND_BUILD: Final = frozenset(
    """
build builds id ids no nr number num # name version label tag tested test under software sw app application system
product code release deployed executed execution run used target current in on the of for
""".strip()
    .replace("\n", " ")
    .split(" ")
)
"""Words of headings that name the build, however they are put together: ``Build tested``, ``Tested on build #``."""
RELEASE: Final = frozenset(
    """
release|release name|release id|release number|release no|program or release|program release|target release
planned release|release wave|wave|wave number|deployment wave|rollout wave|go live wave|migration wave|release version
release s|releases|release train|drop|drop number|rollout|tranche|deployment group
""".strip()
    .replace("\n", "|")
    .split("|")
)
ENVIRONMENT: Final = frozenset(
    """
environment|environments|environment s|env|env name|environment name|test environment|test environments|test env
test environment s|execution environment|executed in|executed on environment|tested in|target environment|instance
system instance|tenant|landscape|deployment environment
""".strip()
    .replace("\n", "|")
    .split("|")
)
CYCLE: Final = frozenset(
    """
cycle|cycle name|cycle id|cycle no|cycle number|test cycle|test cycle name|test cycle id|execution cycle|test round
round|round number|mock cycle|mock conversion|rehearsal|rehearsal name|test phase|test stage|parallel cycle
test iteration|trial conversion|target cycle|executed in cycle
""".strip()
    .replace("\n", "|")
    .split("|")
)
MAYBE: Final = frozenset(
    """
version|versions|version s|fix version|fix versions|fix version s|product version|revision|milestone|configuration
phase|stage|label|labels|tags|baseline|snapshot|system|run|run id|batch|increment|sprint|iteration path
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings that hold builds or releases in some exports and anything else in most: they count where they name ours."""
VERSIONS: Final = frozenset(
    ["version", "versions", "version s", "product version", "configuration", "baseline", "revision"]
)
"""Those of them that hold builds where a value is numbered like the bound build, though it is another one."""
DESCRIBES: Final = frozenset(
    """
affects version|affects versions|affects version s|found in|found in build|found in version|found in release
found in environment|detected in version|detected in release|detected in cycle|detected in build
detected in environment|detected on|integration build|introduced in|reported in|reported version|raised in
discovered in|closed in version|closed in build|fixed in|fixed in build|fixed in version|resolved in build
planned closing version|template version|form version|document version|schema version|file version|api version
operating system|browser|browser version|os version|last updated in release
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings that say where a defect was found or fixed, or which version a document has: they describe the item."""

ENVIRONMENT_WORDS: Final = frozenset(
    """
dev|development|test|tst|testing|qa|qas|quality|quality assurance|int|integration|sit|sit1|sit2|uat|uat1|uat2|iat|oat
stg|stage|staging|pre prod|preprod|pre production|preproduction|prd|prod|production|train|training|trn|sandbox|sbx|perf
performance|load|dr|disaster recovery|mock|demo|e2e|model office|golden|gold|cert|certification|hotfix|patch|sim
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Whole values, compared like headings, that name environments."""
CLEAR_ENVIRONMENTS: Final = frozenset(
    [
        "sit",
        "sit1",
        "sit2",
        "uat",
        "uat1",
        "uat2",
        "iat",
        "oat",
        "stg",
        "staging",
        "prd",
        "prod",
        "production",
        "pre prod",
        "preprod",
        "pre production",
        "preproduction",
        "sandbox",
        "e2e",
    ]
)
"""Those that name nothing else: two of them in a column are about environments, whatever its heading."""

CYCLE_VALUE: Final = (
    r"(?:test |mock |sit |uat |e2e |conversion |data |full )?(?:cycle|mock|round|rehearsal|dress rehearsal|dry run|pass"
    r"|iteration|mock conversion|mock load|parallel run|run|sit|uat)"
    r"(?: ?(?:no |number )?(?:[0-9]{1,3}[a-z]?|[ivx]{1,4}|[a-h]|one|two|three|four))?"
)
"""A whole value, compared like a heading, that names a test cycle: ``Cycle 2``, ``UAT Round 1``, ``Dry Run``."""
RELEASE_VALUE: Final = r"(?:r|rel|release|wave|drop|tranche)[ ]?[0-9]{1,3}(?: [0-9]{1,3}){0,3}[a-z]?"
"""A whole value, compared like a heading, that names a release or a wave: ``R1``, ``Release 2.1``, ``Wave 3``."""
OTHER_NUMBERED: Final = frozenset(
    """
risk|risks|requirement|requirements|req|reqs|rule|rules|role|roles|room|region|report|reports|record|resource|rack
route|row|rfc|request|recommendation|recommendations|review|response|receipt|regulation|reference|reason|rating|rank
drop off|dropoff
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Words of headings of other things that are numbered like releases: ``Risk ID`` holds R001, and no release."""
BUILD_VALUE: Final = (
    r"v?[0-9]{1,14}(?:[._-][0-9a-z]{1,12}){1,6}|[a-z][a-z0-9]{0,20}(?:[._-][0-9a-z]{1,12}){1,6}|[0-9a-f]{7,40}"
    r"|(?:build|rev|r|b)[ _-]?#?[0-9]{1,8}"
)
"""A whole value in lower case that looks like a build, a version or a commit: ``REL-4.2.118``, ``27.4.0-rc1``."""

STEPS: Final = frozenset(
    """
step|step id|step no|step number|step #|step name|test step|test step id|test step number|test step no|step order
action step|step action|test step #|step index|order id
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings of test steps: rows are then steps of a case."""
TEST_STEPS: Final = frozenset(
    ["test step", "test step id", "test step number", "test step no", "test step #", "action step", "step action"]
)
"""Those that only steps of a test case have, whatever else the table shows."""
ITEMS: Final = frozenset(
    """
test case|test case id|test case key|test case name|test case no|test case number|test case #|test case title|case id
case|case key|case name|case no|case number|test id|test key|test name|test no|test number|test script
test script id|issue key|issue id|ticket|ticket id|ticket number|work item id|key|execution id|executionid
execution key
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings of the things that several rows may belong to: a case of steps, a case that ran more than once."""
RUNS: Final = frozenset(
    """
execution id|executionid|execution key|execution number|execution no|run id|test run|test run id|run number|run no
result id|test result id|test execution|test execution id|test execution key|attempt|attempt id|log id|entry id|guid
uuid
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings of what is made again for each run of a case: it names no item."""
KEY_VALUE: Final = r"(?=[^0-9]*[0-9])[A-Za-z][A-Za-z0-9]{0,19}(?:[-_./][A-Za-z0-9]{1,12}){0,5}"
"""A whole value that looks like the key of an item: ``QA-12``, ``TC_0004``, ``INT.CR.017``; a mere number does not."""
ROW_NUMBERS: Final = frozenset(
    [
        "row",
        "row id",
        "row no",
        "row number",
        "row #",
        "line",
        "line no",
        "line number",
        "sequence",
        "seq",
        "record",
        "record number",
        "unnamed 0",
    ]
)
"""Headings of numbers that tell rows apart and nothing else."""
OUTLINE: Final = frozenset(
    """
indent|indent level|indentation|outline level|outline|level|hierarchy level|task level|wbs level|depth|tree level
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings of the depth of a row in an outline: whole numbers, each at most one deeper than the row above."""
OUTLINE_NUMBERS: Final = frozenset(
    ["wbs", "wbs code", "wbs number", "wbs id", "outline number", "hierarchy", "hierarchy number"]
)
"""Headings of numbers such as 1, 1.1, 1.2: where one is the beginning of another, it is its parent."""
MAYBE_OUTLINE_NUMBERS: Final = frozenset(
    """
step|step no|step number|step #|step id|no|number|#|id|nr|task|task id|task no|task number|task #|item|item no|item id
item number|item #|activity|activity id|activity no|ref|ref no|reference|ref id|line|line no|line item|section|paragraph
requirement|requirement id|req id|req no|work item|work item id|index|key|row|seq|sequence|s no|sr no|sl no|test step
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings of keys that are outline numbers where a number stands right above those that begin with it."""
SUMMARY_FLAGS: Final = frozenset(
    """
summary task|is summary|is summary task|has children|children|is parent|parent task flag|rollup|is group|row type
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings of a yes and no that tells summary rows from the others."""
PARENTS: Final = frozenset(
    """
parent|parent id|parent key|parent task|parent row|parent issue|parent work item|parent item|parent wbs|parent number
parent name|parent title|parent summary|parent link|parent task id|parent task name|parent issue id|parent issue key
parent uid|parent ticket|epic link|ancestors
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Headings of the key of a row's parent, which is a row of the same table."""

TOTAL_ROW: Final = (
    r"(?i)(?:grand |sub-? ?|column |report |overall )?totals?(?: ?[:=].*| [0-9$][0-9,. ]*%?)?"
    r"|(?:[^ ]+ ){1,4}(?-i:Totals?|TOTALS?|Sub-?[Tt]otals?|SUBTOTALS?) ?:?"
    r"|(?:sum|count|row count|average|mean|avg|overall|sums|averages) ?:?"
    r"|(?:% ?|percent(?:age)? )(?:complete|completed|done|passed|approved|open|closed|of total)(?: ?[:=].*)?"
    r"|(?:overall|average|total) (?:%|percent|percentage|average|result|score|progress|complete) ?(?:[:=].*)?"
    r"|(?:grand |sub-? ?)?total (?:rows|records|items|count|number|cases|tests|amount)\b.*[0-9].*"
    r"|(?:count|row count|record count) ?[:=] ?[0-9].*"
    r"|[0-9][0-9,]* (?:of|out of) [0-9][0-9,]*(?: .*)?"
    r"|(?:(?:gesamt|zwischen|end)?summen?|insgesamt|gesamt|sommes?|totaux|totale?s?|totaal|suma|soma|somma)"
    r"(?: (?:general|général|generale|geral|gesamt|partiel|parcial))? ?:?"
)
"""A whole text of a row that adds up others, wherever it stands: ``Total: 12``, ``39 of 40 approved``."""
LAST_ROW: Final = (
    r"(?i)(?:grand |sub-?)?total [a-z]{2,30}s|anzahl|(?:summe|gesamt|anzahl) (?:der )?[^\W\d_]{2,30}"
    r"|(?:nombre|total|número|numero) de [^\W\d_]{2,30}s"
    r"|(?:sum|average|mean|avg|min|max|subtotal) ?[:=].*"
    r"|(?:count|sum|average|subtotal) [0-9][0-9,.]*"
    r"|[0-9][0-9,]* (?:rows?|records?|items?|results?|entries)\b(?: .*)?"
    r"|(?:rows?|records?|items?|results?|entries) ?[:=] ?[0-9].*"
    r"|(?:applied filters?|filters?|filtered by|sorted by|grouped by) ?[:=].*|filtered by .*"
    r"|(?:applied filters|end of (?:report|file|data|list|export))\b.*|nothing follows|no more records"
    r"|(?:report )?(?:generated|exported|printed|downloaded) (?:on|at|by) .*[0-9].*"
    r"|(?:showing|displaying) [0-9].*|page [0-9]+(?: of [0-9]+)?|copyright .*|\(c\) .*"
    r"|confidential(?: ?[-:\x{2013}].*)?"
)
"""A whole text of a row that closes a table; it means so only among the last rows: ``Applied filters: ...``."""
CLOSING_ROWS: Final = 3
"""How many rows are the last ones."""

STATUS_WORDS: Final = frozenset(
    """
yes|no|y|n|true|false|x|done|complete|completed|not started|in progress|open|closed|pass|passed|fail|failed|blocked
n a|na|not run|not applicable|pending|planned|ready|green|amber|red|yellow|blue|tbd|on track|at risk|late|not required
successful|success|ok|none|unknown|skipped|in review|approved|rejected|started|active|inactive|new|high|medium|low
deferred|cancelled|canceled|to do|not done|required|optional|partial|partially
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""Values, compared like headings, that say how something stands: ``Build: Complete`` names no build."""
