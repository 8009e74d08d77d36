"""Who ran gonogo and where: as each service declares it, and never with a credential."""

from pathlib import Path

import pytest

import gonogo
from gonogo.workflow.whereabouts import address, declared_by

SERVICES = {
    "GitHub Actions": (
        {
            "GITHUB_ACTIONS": "true",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "agency/gate",
            "GITHUB_RUN_ID": "4711",
            "GITHUB_RUN_ATTEMPT": "2",
            "GITHUB_WORKFLOW": "Readiness",
            "GITHUB_JOB": "gate",
            "GITHUB_ACTOR": "somebody",
            "GITHUB_TOKEN": "ghs_secret",
        },
        "Readiness / gate",
        "https://github.example/agency/gate/actions/runs/4711/attempts/2",
    ),
    "GitLab CI": (
        {
            "GITLAB_CI": "true",
            "CI_PROJECT_PATH": "agency/gate",
            "CI_JOB_NAME": "readiness",
            "CI_JOB_URL": "https://gitlab.example/agency/gate/-/jobs/815",
            "CI_JOB_TOKEN": "glcbt-secret",
            "GITLAB_USER_EMAIL": "somebody@agency.example",
        },
        "agency/gate / readiness",
        "https://gitlab.example/agency/gate/-/jobs/815",
    ),
    "Azure Pipelines": (
        {
            "TF_BUILD": "True",
            "SYSTEM_COLLECTIONURI": "https://dev.azure.example/agency/",
            "SYSTEM_TEAMPROJECT": "Go Live",
            "BUILD_BUILDID": "99",
            "BUILD_DEFINITIONNAME": "Readiness",
            "SYSTEM_JOBDISPLAYNAME": "Gate",
            "SYSTEM_ACCESSTOKEN": "azure-secret",
            "BUILD_REQUESTEDFOREMAIL": "somebody@agency.example",
        },
        "Readiness / Gate",
        "https://dev.azure.example/agency/Go%20Live/_build/results?buildId=99",
    ),
    "Jenkins": (
        {
            "JENKINS_URL": "https://jenkins.example/",
            "JOB_NAME": "readiness/gate",
            "BUILD_NUMBER": "12",
            "BUILD_TAG": "jenkins-readiness-gate-12",
            "BUILD_URL": "https://jenkins.example/job/readiness/job/gate/12/",
        },
        "readiness/gate / 12",
        "https://jenkins.example/job/readiness/job/gate/12/",
    ),
}


@pytest.mark.parametrize("service", SERVICES)
def test_a_job_is_named_as_its_service_names_it(service):
    """An auditor looks the job up years later; what ran it is no secret, and no secret is in it."""
    variables, job, where = SERVICES[service]

    who = declared_by(variables)

    assert (who.ci, who.job, who.address) == (service, job, where)
    assert "secret" not in str(who)
    assert "somebody" not in str(who)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_that_says_half_gets_no_made_up_address(service):
    """Part of an address leads nowhere, and looks like proof."""
    variables, _, _ = SERVICES[service]
    kept = {"GITHUB_ACTIONS", "GITHUB_SERVER_URL", "GITLAB_CI", "TF_BUILD", "SYSTEM_COLLECTIONURI", "JENKINS_URL"}

    who = declared_by({name: value for name, value in variables.items() if name in kept})

    assert (who.ci, who.job, who.address) == (service, None, None)


def test_outside_of_a_pipeline_there_is_no_job():
    """A laptop that says `CI=true` is not one of the known services."""
    who = declared_by({"CI": "true"})

    assert who is None or (who.ci, who.job, who.address) == (None, None, None)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://user:token@ci.example/job/1", "https://ci.example/job/1"),
        ("https://ci.example:8443/job/1?token=abc#x", "https://ci.example:8443/job/1"),
        ("https://token@[2001:db8::1]/job", "https://[2001:db8::1]/job"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://ci.example:port/", ""),
        ("", ""),
    ],
)
def test_an_address_keeps_no_user_no_query_and_no_fragment(given, kept):
    """Tokens travel there."""
    assert address(given) == kept


def test_an_azure_build_that_is_no_number_goes_into_no_address():
    """The query is the one part that is put there, and only digits are."""
    variables, _, _ = SERVICES["Azure Pipelines"]

    assert declared_by({**variables, "BUILD_BUILDID": "99&token=abc"}).address is None


def test_what_is_declared_is_one_line_of_bounded_length():
    """It goes onto a terminal and into a record."""
    variables, _, _ = SERVICES["Jenkins"]

    who = declared_by({**variables, "JOB_NAME": "a\x1b[2J\nb" + "c" * 999})

    assert who.job.startswith("a[2Jb")
    assert len(who.job) == 300


def test_nothing_that_decides_reads_it():
    """Anybody can set it, so no approval, statement or rule of two may rest on it."""
    house = Path(gonogo.__file__).parent
    readers = {
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        if "run_by" in path.read_text(encoding="utf-8")
    }

    shown = {"report/detail.py", "report/report_schema.py", "core/wording.py"}  # who recorded an outcome, in a sentence
    assert readers == shown | {
        *("model/record.py", "model/outcome.py"),
        *("workflow/outcome_recording.py", "workflow/whereabouts.py"),
    }
