"""Bills of materials: what the product contains, and which parts have a weakness that affects it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import ClassVar

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from gonogo.collectors.system.sbom import SbomCollector
from gonogo.collectors.system.sbom.cvss_vector import base_score
from gonogo.model.evidence import GapReason, Subject
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of

MADE = "2027-04-18T07:30:00+00:00"
DIGEST = "ab" * 32
IMAGE = f"sha256:{DIGEST}"
REASON = "the scan ran with the matcher on; its log is beside it"


def part(name: str, /, **more) -> dict:
    return {"type": "library", "name": name, "version": "1.0", "bom-ref": f"pkg:{name}", **more}


def weak(cve: str, *refs: str, severity: str | None = "critical", state: str = "", **more) -> dict:
    return {
        "id": cve,
        **({"ratings": [{"severity": severity}]} if severity else {}),
        **({"affects": [{"ref": f"pkg:{ref}"} for ref in refs]} if refs else {}),
        **({"analysis": {"state": state}} if state else {}),
        **more,
    }


def bill(
    *parts: dict, weaknesses: list | None = None, version: str = "1.6", about: dict | None = None, **more
) -> bytes:
    about = about or {"type": "container", "name": "keelfin", "bom-ref": "root", "version": "2027.4"}
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": version,
            "version": 1,
            "metadata": {"timestamp": MADE, "component": about},
            "components": list(parts),
            **({} if weaknesses is None else {"vulnerabilities": weaknesses}),
            **more,
        }
    ).encode()


def catalog(*ids: str, count: int | None = None, released: str = "2027-04-17T12:00:00.0000Z") -> bytes:
    entries = [{"cveID": one} for one in ids]
    return json.dumps(
        {"dateReleased": released, "count": len(ids) if count is None else count, "vulnerabilities": entries}
    ).encode()


def read(data: bytes, *, kev: bytes | None = None, builds: tuple[str, ...] = (), **settings):
    files = {"file": ("bom.json", data), **({"kev": ("kev.json", kev)} if kev is not None else {})}
    return answers_of(SbomCollector(), replace(job_of(files), builds=frozenset(builds)), settings)


def counts(*weaknesses: dict) -> tuple[int, int]:
    answers = read(bill(part("log"), part("ssl"), weaknesses=list(weaknesses)))
    return answers["critical_components"].value, answers["high_components"].value


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.sbom"
    files: ClassVar = {"file": ("bom.json", bill(part("log"), weaknesses=[weak("CVE-2027-0001", "log")]))}


class TestComponents:
    def test_nested_ones_count_and_those_that_are_left_out_at_run_time_do_not(self):
        """The share of weak components is of what is deployed."""
        inside = part("b", components=[part("c", scope="optional")])
        answers = read(bill(part("a", components=[inside]), part("d", scope="excluded")))

        assert answers["components"].value == 3
        assert answers["sbom_present"].value is True

    @pytest.mark.parametrize(
        ("kind", "counted"),
        [
            ("application", 1),
            ("framework", 1),
            ("container", 1),
            ("platform", 1),
            ("operating-system", 1),
            ("firmware", 1),
            ("device-driver", 1),
            ("file", 0),
            ("data", 0),
            ("device", 0),
            ("machine-learning-model", 0),
            ("cryptographic-asset", 0),
        ],
    )
    def test_what_is_no_software_makes_no_share_small(self, kind, counted):
        """Tools list each file of an image as a component, and no scanner matches anything against a file."""
        answers = read(bill(part("log"), part("a", type=kind, version="")))

        assert [answers["components"].value, answers["unversioned_components"].value] == [1 + counted, counted]

    def test_a_component_counts_once_by_its_reference(self):
        """One that is there fifty times would make the share of weak ones small; another one of its name is another."""
        twice = read(bill(part("log"), part("log"), weaknesses=[weak("CVE-1", "log")]))
        namesakes = [part("log", **{"bom-ref": ref}) for ref in ("pkg:1", "pkg:2")]
        two = read(bill(*namesakes, weaknesses=[weak("CVE-1", "1", "2")]), kev=catalog("CVE-2027-0001"))

        assert [twice["components"].value, twice["critical_components"].value] == [1, 1]
        assert [two["components"].value, two["critical_components"].value] == [2, 2]
        assert list(two["critical_components"].open_items) == ["log@1.0", "log@1.0"]
        exploited = bill(*namesakes, weaknesses=[weak("CVE-2027-0001", "1", "2")])
        assert read(exploited, kev=catalog("CVE-2027-0001"))["kev_components"].value == 2
        for change in ({"name": "ssl"}, {"version": "2"}, {"group": "g"}, {"type": "file"}):
            with pytest.raises(CollectorRefusal, match=r"components\[[01]\] has the reference of another component"):
                read(bill(part("log"), {**part("log"), **change}))

    def test_an_empty_bill_is_no_bill(self):
        """A tool that found nothing to list writes one, too."""
        answers = read(bill())

        assert [answers["components"].value, answers["sbom_present"].value] == [0, False]

    def test_components_without_a_version_are_counted(self):
        """No scanner matches them."""
        assert read(bill(part("a", version=""), part("b")))["unversioned_components"].value == 1


class TestWeaknesses:
    @pytest.mark.parametrize(
        ("severity", "expected"),
        [
            ("critical", (1, 0)),
            ("high", (0, 1)),
            ("medium", (0, 0)),
            ("low", (0, 0)),
            ("none", (0, 0)),
            ("info", (0, 0)),
        ],
    )
    def test_a_component_counts_by_the_severity(self, severity, expected):
        """Each grade has its own threshold."""
        assert counts(weak("CVE-1", "log", severity=severity)) == expected

    @pytest.mark.parametrize(
        ("score", "expected"),
        [("6.9", (0, 0)), ("7.0", (0, 1)), ("8.9", (0, 1)), ("9.0", (1, 0)), ("10.0", (1, 0))],
    )
    def test_a_score_of_cvss_says_the_severity_where_nobody_else_does(self, score, expected):
        """The bounds are FIRST's."""
        rating = {"method": "CVSSv31", "score": float(score)}

        assert counts(weak("CVE-1", "log", severity=None, ratings=[rating])) == expected

    @pytest.mark.parametrize(
        ("rating", "expected"),
        [
            ({"severity": "low", "method": "CVSSv31", "score": 9.8}, (1, 0)),
            ({"severity": "critical", "method": "CVSSv31", "score": 3.1}, (1, 0)),
            ({"severity": "low", "score": 9.8}, (1, 0)),
            ({"severity": "low", "method": "OWASP", "score": 9.8}, (0, 0)),
        ],
    )
    def test_a_severity_does_not_talk_a_score_of_cvss_down(self, rating, expected):
        """The word low beside the score 9.8 makes no low weakness; scores of other methods have other scales."""
        assert counts(weak("CVE-1", "log", severity=None, ratings=[rating])) == expected

    def test_the_worst_rating_counts_and_a_component_counts_once(self):
        """Sources disagree on severity; the milder one is not the truth."""
        ratings = [{"severity": "low"}, {"severity": "critical"}, {"severity": "unknown"}]

        assert counts(weak("CVE-1", "log", ratings=ratings)) == (1, 0)
        assert counts(weak("CVE-1", "log", ratings=ratings[::-1])) == (1, 0)
        assert counts(weak("CVE-1", "log", ratings=ratings), weak("CVE-2", "log")) == (1, 0)
        assert counts(weak("CVE-1", "log"), weak("CVE-2", "log", severity="high")) == (1, 1)

    @pytest.mark.parametrize(
        ("state", "critical"),
        [
            ("", 1),
            ("exploitable", 1),
            ("in_triage", 1),
            ("not_affected", 0),
            ("false_positive", 0),
            ("resolved", 0),
            ("resolved_with_pedigree", 0),
        ],
    )
    def test_only_an_analysis_that_clears_the_product_clears_it(self, state, critical):
        """What is still being looked at affects the product."""
        assert counts(weak("CVE-1", "log", state=state))[0] == critical

    def test_a_weakness_that_names_no_component_or_an_unknown_one_counts_all_the_same(self):
        """A broken reference is no clearance."""
        assert counts(weak("CVE-1"), weak("CVE-2", "gone"), weak("CVE-3", "log"))[0] == 3

    def test_a_version_that_is_not_affected_is_none(self):
        """Only where each version of the reference is said to be so."""

        def versions(*statuses):
            return [{"ref": "pkg:log", "versions": [{"version": "1", "status": one} for one in statuses]}]

        ssl = {"ref": "pkg:ssl"}
        assert counts(weak("CVE-1", affects=[*versions("unaffected", "affected"), ssl]))[0] == 2
        assert counts(weak("CVE-1", affects=[*versions("unaffected", "unknown"), ssl]))[0] == 2
        assert counts(weak("CVE-1", affects=[*versions("unaffected"), ssl]))[0] == 1
        assert counts(weak("CVE-1", "ssl", affects=[*versions("unaffected"), {"ref": "pkg:ssl"}]))[0] == 1

    def test_one_that_nobody_rates_leaves_both_counts_unknown(self):
        """It may be the worst of all."""
        answers = read(bill(part("log"), weaknesses=[weak("CVE-1", "log", severity="unknown"), weak("CVE-2")]))

        assert "nobody rates CVE-1" in answers["critical_components"].detail
        assert answers["high_components"].gap is GapReason.MISSING

    @pytest.mark.parametrize("change", [{"ratingz": []}, {"ratings": [{"severty": "low", "severity": "low"}]}])
    def test_what_the_format_does_not_know_is_refused(self, change):
        """A misspelt key reads as one that is absent."""
        with pytest.raises(CollectorRefusal, match="does not know"):
            counts({**weak("CVE-1", "log"), **change})

    @pytest.mark.parametrize(
        ("state", "response", "critical"),
        [
            ("resolved", ["update"], 0),
            ("resolved", ["will_not_fix"], 1),
            ("resolved", ["update", "can_not_fix"], 1),
            ("resolved_with_pedigree", ["can_not_fix"], 1),
            ("not_affected", ["will_not_fix"], 0),
        ],
    )
    def test_what_nobody_will_fix_is_not_resolved(self, state, response, critical):
        """The word resolved beside it says that the ticket is closed."""
        assert counts(weak("CVE-1", "log", analysis={"state": state, "response": response}))[0] == critical


class TestWholeness:
    """A bill that says that its list is not whole counts what it happens to list."""

    COUNTED: ClassVar = ("components", "unversioned_components", "critical_components", "high_components")

    @staticmethod
    def of(*said: dict, **more):
        parts = [part("log"), part("ssl", components=[part("zip")])]
        weaknesses = [weak("CVE-2027-0001", "log")]
        return read(bill(*parts, weaknesses=weaknesses, compositions=list(said), **more), kev=catalog("CVE-2027-0001"))

    @pytest.mark.parametrize("aggregate", ["incomplete", "unknown", "incomplete_third_party_opensource_only"])
    @pytest.mark.parametrize(
        "about",
        [{}, {"assemblies": ["root"]}, {"dependencies": ["root"]}, {"assemblies": ["pkg:log", "gone"]}],
    )
    def test_a_bill_that_is_not_whole_by_its_own_words_counts_nothing(self, aggregate, about):
        """What is missing may be the worst of all."""
        answers = self.of({"aggregate": "complete"}, {"aggregate": aggregate, **about})

        assert {answers[name].gap for name in (*self.COUNTED, "kev_components")} == {GapReason.NOT_PROVABLE}
        assert f"is not whole: its compositions say '{aggregate}' of it" in answers["components"].detail
        assert answers["sbom_present"].value is True

    @pytest.mark.parametrize("aggregate", ["complete", "not_specified"])
    def test_a_bill_that_is_whole_or_does_not_say_counts(self, aggregate):
        """Most bills do not say."""
        answers = self.of({"aggregate": aggregate, "assemblies": ["root"]})

        assert [answers[name].value for name in self.COUNTED] == [3, 0, 1, 0]
        assert not answers["components"].where

    def test_parts_that_are_not_whole_are_a_remark(self):
        """Tools follow the dependencies of the product and not those of every part."""
        service = {"bom-ref": "svc", "name": "mail"}
        vague = {"aggregate": "unknown", "dependencies": ["pkg:log", "pkg:zip", "svc"]}
        answers = self.of(vague, {"aggregate": "incomplete", "assemblies": ["pkg:zip"]}, services=[service])

        assert [answers[name].value for name in self.COUNTED] == [3, 0, 1, 0]
        said = {answers[name].where for name in (*self.COUNTED, "sbom_present", "kev_components")}
        assert said == {"it says that it may not list all that is in 3 components"}
        one = self.of({"aggregate": "unknown", "dependencies": ["pkg:log"]})
        assert one["components"].where == "it says that it may not list all that is in 1 component"

    def test_weaknesses_that_are_not_all_listed_are_not_counted(self):
        """The components are counted all the same."""
        answers = self.of({"aggregate": "incomplete", "vulnerabilities": ["v"]})

        assert answers["components"].value == 3
        assert "say 'incomplete' of its vulnerabilities" in answers["critical_components"].detail
        assert answers["kev_components"].gap is GapReason.NOT_PROVABLE

    def test_a_word_that_the_format_does_not_have_is_refused(self):
        """It may say that half is missing."""
        with pytest.raises(CollectorRefusal, match="an aggregate that CycloneDX does not know"):
            self.of({"aggregate": "half"})

    @pytest.mark.parametrize(("of", "gap"), [("DOCUMENT", True), ("1", True), ("2", False)])
    @pytest.mark.parametrize("kind", ["CONTAINS", "DEPENDS_ON"])
    def test_spdx_that_makes_no_assertion_on_its_parts_is_not_whole(self, of, gap, kind):
        """NOASSERTION is SPDX's word for what nobody knows; NONE says that there are no parts."""

        def document(other: str) -> bytes:
            ways = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-1"), (f"SPDXRef-{of}", kind, other)]
            keys = ("spdxElementId", "relationshipType", "relatedSpdxElement")
            packages = [{"SPDXID": f"SPDXRef-{one}", "versionInfo": "1", "filesAnalyzed": False} for one in "12"]
            return json.dumps(
                {
                    "spdxVersion": "SPDX-2.3",
                    "creationInfo": {"created": "2027-04-18T07:30:00Z"},
                    "relationships": [dict(zip(keys, way, strict=True)) for way in ways],
                    "packages": packages,
                }
            ).encode()

        answer = read(document("NOASSERTION"))["components"]
        assert answer.gap is (GapReason.NOT_PROVABLE if gap else None)
        assert gap or answer.where == "it says that it may not list all that is in 1 component"
        assert (read(document("NONE"))["components"].value, read(document("NONE"))["components"].where) == (1, "")


class TestVectors:
    """Scores of examples in FIRST's documents and in the National Vulnerability Database."""

    @pytest.mark.parametrize(
        ("vector", "score"),
        [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8"),
            ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/E:P", "10.0"),
            ("AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", "6.1"),
            ("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "7.8"),
            ("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N", "5.9"),
            ("CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:C/C:H/I:H/A:H", "9.1"),
            ("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "0"),
            ("AV:N/AC:M/Au:N/C:C/I:C/A:C", None),
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", None),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A", None),
            ("", None),
        ],
    )
    def test_a_vector_of_version_3_has_its_score(self, vector, score):
        """Version 2 and 4 weigh otherwise."""
        assert base_score(vector) == (None if score is None else Decimal(score))

    @pytest.mark.parametrize(
        ("rating", "expected"),
        [
            ({"vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}, (1, 0)),
            ({"vector": "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "method": "CVSSv31"}, (0, 1)),
            ({"vector": "AV:N/AC:M/Au:N/C:C/I:C/A:C"}, (None, None)),
            ({"vector": "AV:N/AC:M/Au:N/C:C/I:C/A:C", "severity": "medium"}, (0, 0)),
            ({"vector": "AV:N/AC:M/Au:N/C:C/I:C/A:C", "score": 10}, (1, 0)),
            ({"vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "score": 3}, (0, 0)),
            ({"vector": "E:A/A:Y", "method": "SSVC"}, (0, 0)),
        ],
    )
    def test_a_vector_without_a_score_beside_a_low_is_not_low(self, rating, expected):
        """One scanner says *low*, and the vector of another is 9.8."""
        assert counts(weak("CVE-1", "log", ratings=[{"severity": "low"}, rating])) == expected


class TestNoScan:
    def test_a_bill_without_weaknesses_is_no_clean_scan(self):
        """A bill of materials alone lists no weakness of any product."""
        answers = read(bill(part("log")))

        assert {answers[name].gap for name in ("critical_components", "high_components", "kev_components")} == {
            GapReason.NOT_PROVABLE
        }

    def test_an_empty_list_is_one_only_if_a_person_says_so(self):
        """Scanners write an empty list where they were asked for a bill of materials and looked for nothing."""
        assert read(bill(part("log"), weaknesses=[]))["critical_components"].gap is GapReason.NOT_PROVABLE
        assert read(bill(part("log"), weaknesses=[]), empty_scan=REASON)["critical_components"].value == 0

    def test_spdx_lists_components_and_no_weaknesses(self):
        """Its packages, without the one that it is about."""
        relation = {
            "spdxElementId": "SPDXRef-DOCUMENT",
            "relatedSpdxElement": "SPDXRef-1",
            "relationshipType": "DESCRIBES",
        }
        packages = [{"SPDXID": f"SPDXRef-{number}", "name": "x", "versionInfo": "1"} for number in (1, 2, 3)]
        document = {
            "spdxVersion": "SPDX-2.3",
            "SPDXID": "SPDXRef-DOCUMENT",
            "creationInfo": {"created": "2027-04-18T07:30:00Z"},
            "relationships": [relation],
            "packages": packages,
        }
        answers = read(json.dumps(document).encode(), builds=("1",))

        assert answers["components"].value == 2
        assert answers["unversioned_components"].value == 0
        vague = document | {"packages": [*packages, {"SPDXID": "SPDXRef-4", "versionInfo": "NOASSERTION"}]}
        described = {**relation, "spdxElementId": "SPDXRef-2", "relatedSpdxElement": "SPDXRef-3"}
        more = read(json.dumps(vague | {"relationships": [relation, described]}).encode(), empty_scan=REASON)
        assert [more["components"].value, more["unversioned_components"].value] == [3, 1]
        assert more["critical_components"].gap is GapReason.NOT_PROVABLE
        assert answers["components"].subject == Subject(build="1")
        assert answers["critical_components"].gap is GapReason.NOT_PROVABLE

    def test_an_spdx_package_counts_once_and_what_is_no_software_does_not(self):
        """The same as in CycloneDX."""

        def document(*packages: dict) -> bytes:
            listed = [{"SPDXID": "1", "name": "log", "versionInfo": "1"}, *packages]
            made = {"created": "2027-04-18T07:30:00Z"}
            return json.dumps({"spdxVersion": "SPDX-2.3", "creationInfo": made, "packages": listed}).encode()

        again = {"SPDXID": "1", "name": "log", "versionInfo": "1"}
        assert read(document(again))["components"].value == 1
        for purpose, count in (("FILE", 1), ("DEVICE", 1), ("LIBRARY", 2), ("OTHER", 2)):
            other = {"SPDXID": "2", "name": "a", "primaryPackagePurpose": purpose}
            assert read(document(other))["components"].value == count
        for change in ({"name": "ssl"}, {"versionInfo": "2"}):
            with pytest.raises(CollectorRefusal, match="has the SPDXID of another package"):
                read(document(again | change))

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b'<bom xmlns="http://cyclonedx.org/schema/bom/1.6"/>', "is XML; export"),
            (b'{"@context": "https://spdx.org/rdf/3.0.1", "@graph": []}', "neither CycloneDX nor SPDX 2"),
            (bill(version="1.8"), "1.2 to 1.7"),
            (b'{"spdxVersion": "SPDX-3.0"}', "2.2 and 2.3"),
        ],
    )
    def test_what_is_not_read_says_what_to_export_instead(self, data, sentence):
        """The next step is the office's."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data)


class TestKnownExploited:
    def test_any_severity_and_any_name_of_it_counts(self):
        """CISA's catalog is about what is done, not about what might be."""
        weaknesses = [
            weak("CVE-2027-0001", "log", severity="low"),
            weak("GHSA-x", "ssl", references=[{"id": "CVE-2027-0002", "source": {"name": "NVD"}}]),
            weak("CVE-2027-0003", "zip", state="not_affected"),
        ]
        kev = catalog("CVE-2027-0001", "CVE-2027-0002", "CVE-2027-0003")
        answer = read(bill(part("log"), part("ssl"), weaknesses=weaknesses), kev=kev)["kev_components"]

        assert list(answer.open_items) == ["log@1.0", "ssl@1.0"]
        assert answer.as_of == datetime(2027, 4, 17, 12, tzinfo=UTC)

    @pytest.mark.parametrize(
        "one",
        [
            {"id": "cve-2027-0001"},
            {"id": " CVE-2027-0001 "},
            {"id": "CVE\u20112027\u20100001"},
            {"bom-ref": "CVE-2027-0001/log"},
            {"references": [{"id": "cve-2027-0001", "source": {"name": "NVD"}}]},
            {"advisories": [{"url": "https://nvd.nist.gov/vuln/detail/CVE-2027-0001"}]},
            {"source": {"name": "NVD", "url": "https://nvd.nist.gov/vuln/detail/CVE-2027-0001"}},
            {"description": "Also known as CVE 2027 0001."},
            {"detail": "Aliases: CVE-2027-0001"},
            {"properties": [{"name": "aliases", "value": "CVE-2027-0001"}]},
        ],
    )
    def test_a_number_counts_wherever_and_however_it_is_written(self, one):
        """Scanners name a weakness by their own number and put CISA's beside it."""
        weaknesses = [{**weak("GHSA-x", "log"), **one}]
        answer = read(bill(part("log"), weaknesses=weaknesses), kev=catalog("CVE-2027-0001"))["kev_components"]

        assert answer.value == 1

    def test_a_weakness_with_a_number_is_not_the_one_that_its_description_names(self):
        """CVE-2021-45046 says of itself that the mend of CVE-2021-44228 was not whole."""
        told = weak("CVE-2027-0002", "log", description="The fix of CVE-2027-0001 was incomplete.")
        answer = read(bill(part("log"), weaknesses=[told]), kev=catalog("CVE-2027-0001"))["kev_components"]

        assert answer.value == 0

    @pytest.mark.parametrize("other", ["references", "advisories", "source"])
    def test_another_number_beside_it_does_not_hide_one_of_an_advisory(self, other):
        """Only a number in its own id settles which weakness it is."""
        named = {"source": {"name": "CVE-2027-0009"}, "advisories": [{"url": "u/CVE-2027-0009"}]}
        named["references"] = [{"id": "CVE-2027-0009", "source": {"name": "NVD"}}]
        aliases = [{"name": "aliases", "value": "CVE-2027-0001"}]
        told = weak("GHSA-x", "log", properties=aliases, **{other: named[other]})
        answer = read(bill(part("log"), weaknesses=[told]), kev=catalog("CVE-2027-0001"))["kev_components"]

        assert answer.value == 1

    @pytest.mark.parametrize(
        ("one", "known"),
        [
            ({"id": "CVE-2027-XXXX"}, False),
            ({"id": "CVE-2027-"}, False),
            ({"id": "CVE-2027-12"}, False),
            ({"id": "CVE: TBD"}, False),
            ({"id": "cve-2027-????"}, False),
            ({"id": "GHSA-jfh8-c2jp-5v3q"}, False),
            ({"id": "OSV-2027-1"}, False),
            ({"id": ""}, False),
            ({"id": "CVE-2027-XXXX", "description": "like CVE-2027-0009"}, False),
            ({"id": "GHSA-x", "references": [{"id": "CVE-2027-XXXX", "source": {"name": "NVD"}}]}, False),
            ({"id": "CVE-2027-0002, CVE-2027-XXXX"}, False),
            ({"id": "cve-2027-0002"}, True),
            ({"id": "CVE 2027 0002"}, True),
            ({"id": "CVE-2027-0002", "description": "before it was CVE-2027-XXXX"}, True),
            ({"id": "GHSA-x", "references": [{"id": "CVE-2027-0002", "source": {"name": "NVD"}}]}, True),
        ],
    )
    def test_what_cannot_be_looked_up_is_a_gap(self, one, known):
        """A number that is still to come, or none, was in no catalog, so nothing was exploited."""
        told = {**weak("x", "log"), **one}
        answer = read(bill(part("log"), weaknesses=[told]), kev=catalog("CVE-2027-0001"))["kev_components"]

        assert (answer.value == 0) is known
        assert known or "can be looked up by no CVE number; have the scanner name it" in answer.detail

    def test_what_does_not_affect_the_product_needs_no_number(self):
        """Nobody looks it up."""
        told = weak("GHSA-x", "log", state="not_affected")

        assert read(bill(part("log"), weaknesses=[told]), kev=catalog("CVE-2027-0001"))["kev_components"].value == 0

    def test_a_person_says_that_a_weakness_has_no_number(self):
        """Some advisories never get one; a number that is none is no such advisory."""
        told = [weak("GHSA-x", "log"), weak("GHSA-y", "log")]
        said = {"GHSA-x": "nobody asked for a number, see the advisory"}
        kev = catalog("CVE-2027-0001")

        one = read(bill(part("log"), weaknesses=told), kev=kev, without_cve=said)["kev_components"]
        assert one.detail.startswith("GHSA-y can be looked up by no CVE number")
        both = read(bill(part("log"), weaknesses=told[:1]), kev=kev, without_cve=said)["kev_components"]
        assert both.value == 0
        none = read(
            bill(part("log"), weaknesses=[weak("CVE-2027-XX", "log")]),
            kev=kev,
            without_cve={"CVE-2027-XX": said["GHSA-x"]},
        )
        assert none["kev_components"].value is None

    def test_a_release_of_the_catalog_without_an_offset_is_in_utc(self):
        """Taken for the program's zone, it would be fresher than it is."""
        kev = catalog("CVE-2027-0001", released="2027-04-17T12:00:00")
        answer = read(bill(part("log"), weaknesses=[weak("CVE-2027-0002", "log")]), kev=kev)["kev_components"]

        assert (answer.value, answer.as_of) == (0, datetime(2027, 4, 17, 12, tzinfo=UTC))

    @pytest.mark.parametrize(
        ("kev", "sentence"),
        [
            (catalog("CVE-1", count=2), "does not count as many"),
            (catalog(), "does not count as many"),
            (catalog("1234"), "without a CVE number"),
            (catalog("CVE-2027-123"), "without a CVE number"),
            (catalog("CVE-2027-1234", "1234"), "without a CVE number"),
            (catalog("CVE-2027-1234").replace(b'"count": 1, ', b""), "does not count as many"),
            (catalog("CVE-2027-1234", "CVE-2027-1234"), "one number twice"),
            (catalog("CVE-2027-1234", released="2027-04-20T00:00:00Z"), "after the assessment"),
            (None, "no input named 'kev'"),
        ],
    )
    def test_a_catalog_that_is_cut_absent_or_dated_ahead_proves_nothing(self, kev, sentence):
        """The other facts stand."""
        answers = read(bill(part("log"), weaknesses=[weak("CVE-2027-0002", "log")]), kev=kev)

        assert sentence in answers["kev_components"].detail
        assert answers["critical_components"].value == 1


class TestSubject:
    @pytest.mark.parametrize(
        ("about", "builds", "expected"),
        [
            ({"version": "2027.4"}, (), "2027.4"),
            (
                {"version": "2027.4", "hashes": [{"alg": "SHA-256", "content": DIGEST}]},
                (IMAGE,),
                IMAGE,
            ),
            (
                {"version": "2027.4", "purl": f"pkg:oci/keelfin@sha256%3A{DIGEST}?tag=x"},
                (IMAGE,),
                IMAGE,
            ),
            ({"version": "2027.3"}, ("2027.4",), "2027.3"),
            ({}, ("2027.4",), None),
        ],
    )
    def test_it_is_about_what_the_bill_is_about(self, about, builds, expected):
        """By the name that the release knows, where one of its names is that."""
        answers = read(bill(part("log"), about={"type": "container", "name": "k", **about}), builds=builds)

        assert answers["components"].subject == Subject(build=expected)

    def test_a_bill_that_does_not_say_when_it_was_made_needs_the_binding(self):
        """Its age decides."""
        data = json.loads(bill(part("log")))
        del data["metadata"]["timestamp"]

        with pytest.raises(CollectorRefusal, match="does not say when its content held"):
            read(json.dumps(data).encode())


def test_the_bills_here_are_cyclonedx():
    """What the tests read is what tools may write: CycloneDX's own library says so."""
    versions = [{"ref": "pkg:log", "versions": [{"version": "1", "status": "unaffected"}]}]
    rating = {"method": "CVSSv31", "score": 9.1}
    data = bill(
        part("log", components=[part("b")]),
        weaknesses=[
            weak("CVE-1", affects=versions, state="in_triage"),
            weak("CVE-2", "b", ratings=[rating]),
        ],
        serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    )

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(data.decode()) is None
