"""The JSON API: tokens made and revoked in the console, and a fuzzing client that knows its document alone."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from console.portfolio import PMSUnit, Resident

FUZZING = """
[checks.positive_data_acceptance]
# What the document allows may still not be possible as things are; that is said in these ways.
expected-statuses = ["2xx", "404", "409", "422", "502"]

[parameters]
"path.property" = {property}
"path.unit" = {unit}
"""


def ask(url, token):
    """The status and the answer to a GET."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def make_token(console, name, role):
    """Makes a token in the console, and gives what is shown once."""
    console.open("/tokens")
    console.fill("Name", name)
    console.field(role).check()
    console.press("Make token")
    shown = console.field(f"Token {name}")
    expect(shown).to_be_visible()
    return shown.input_value()


@pytest.fixture
def community(portfolio):
    return portfolio.add_community(
        pms_units=[PMSUnit("u-1", "A", "101"), PMSUnit("u-2", "A", "102")],
        residents=[Resident("Ada", portfolio.surname(), "u-1"), Resident("Ben", portfolio.surname(), "u-2")],
        units=[("A", "101"), ("A", "102")],
        mapping={"u-1": "A — 101"},
    )


def test_a_token_is_shown_once_used_and_revoked(console, portfolio, community):
    console.open("/tokens", "none")
    secret = make_token(console, "Key management", "Viewer")
    console.look("made")
    assert secret.startswith("lintel_")

    status, answer = ask(f"{portfolio.url}/v1/properties", secret)
    assert status == 200
    assert community.name in [one["name"] for one in answer["data"]]

    console.open("/tokens", "used")
    console.sees_not(secret)
    expect(console.row("Key management")).to_contain_text("Works")
    console.press("Revoke Key management")
    console.look("revoke")
    console.press("Revoke")
    console.sees("Key management is revoked")
    expect(console.row("Key management")).to_contain_text("Revoked")
    assert ask(f"{portfolio.url}/v1/properties", secret)[0] == 401


def test_a_token_without_a_role_is_refused_beside_the_field(console):
    console.open("/tokens")
    console.fill("Name", "Key management")
    # As a browser sends it that does not know `required`.
    console.page.locator("form[action='/tokens']").evaluate("form => form.noValidate = true")
    with console.refusal():
        console.press("Make token")
    console.sees("Choose a role.")
    expect(console.field("Name")).to_have_value("Key management")


def test_a_client_that_knows_the_document_alone_finds_nothing_undocumented(
    console, portfolio, community, tmp_path
):
    secret = make_token(console, "Fuzzing", "Portfolio manager")
    _, properties = ask(f"{portfolio.url}/v1/properties", secret)
    own = next(one["id"] for one in properties["data"] if one["name"] == community.name)
    _, units = ask(f"{portfolio.url}/v1/properties/{own}/units", secret)
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(
        FUZZING.format(
            property=json.dumps(own), unit=json.dumps(units["data"][0]["unit"]["id"])
        ),
        encoding="utf-8",
    )
    run = subprocess.run(
        [
            os.path.join(os.path.dirname(sys.executable), "schemathesis"), "--config-file", str(settings),
            "run", f"{portfolio.url}/v1/openapi.json", "--header", f"Authorization: Bearer {secret}",
            "--checks", "all", "--max-examples", "10", "--generation-deterministic", "--no-color",
        ],
        capture_output=True, text=True, timeout=900, check=False, cwd=tmp_path,
    )
    # A token that the client revoked, or a property it broke, would leave nothing tested.
    assert ask(f"{portfolio.url}/v1/token", secret)[0] == 200
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-2_000:]
    assert " passed" in run.stdout
