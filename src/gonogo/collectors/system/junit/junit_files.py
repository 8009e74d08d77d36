"""What the JUnit collector says of its files: reports that answer to a plan, one binding for the tests of one kind."""

from __future__ import annotations

from typing import Final

from gonogo.plugin.recognizes import Plan, Recognizes

REPORT_FILES: Final = (
    Recognizes(
        what="JUnit test results",
        xml_root=("testsuites", "testsuite"),
        binding="tests",
        prefixes={
            "uat": "uat",
            "acceptance": "uat",
            "sit": "sit",
            "integration": "sit",
            "regression": "regression",
        },
        input="reports",
        of_build=True,
        plan=Plan(
            element="testcase",
            attributes=("classname", "name"),
            column="id_column",
            rule="case_id",
            absent="add `plan:` with the CSV of planned cases; without it nobody knows what was not run",
        ),
        missing=("as: which tests these are: sit, uat or regression",),
        place=20,
    ),
)
