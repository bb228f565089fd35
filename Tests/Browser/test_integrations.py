"""Setting up the integration, its lease statuses and safety numbers, and switching it off."""

import pytest
from playwright.sync_api import expect

from console.gate import Gate
from console.portfolio import PMSUnit, Resident


@pytest.fixture
def gate(portfolio):
    """A simulated Entrata with one property, eight units and twelve residents, and the key to it."""
    simulator = portfolio.lintel.simulate("--properties", "1", "--units", "8", "--residents", "12")
    gate = Gate(simulator)
    yield gate
    gate.close()
    simulator.stop()


def people_of(community):
    """Who is here: e-mail addresses."""
    return {person["email"] for person in community.read("people", "list")["people"]}


def an_empty_property(console, portfolio):
    community = portfolio.add_community()
    console.choose_property(community.name)
    console.go("Manage Settings › Integrations")
    console.sees("Automate user creation and updates")
    return community


def settled_community(portfolio):
    return portfolio.add_community(
        pms_units=[PMSUnit("u-1", "A", "1"), PMSUnit("u-2", "A", "2")],
        residents=[Resident("Ann", "Oak", "u-1"), Resident("Ben", "Elm", "u-2", "Notice")],
        units=[("A", "1"), ("A", "2")],
        mapping={"u-1": "A — 1", "u-2": "A — 2"},
    )


def enter_credentials(console, name, gate, key):
    console.fill("Connection name", name)
    console.fill("API address", gate.url)
    console.fill("Entrata subdomain", "demo")
    console.fill("API key", key)


def test_from_set_up_to_done_and_the_first_sync(console, portfolio, gate):
    community = an_empty_property(console, portfolio)
    console.look("not-connected")
    console.press("Set Up")
    console.look("choose-the-pms")
    console.field("Entrata").check()
    console.press("Next")

    # A key the PMS refuses: its own words, what was typed kept but for the secret, nothing stored.
    expect(console.heading("Enter Credentials")).to_be_visible()
    enter_credentials(console, "Our Entrata", gate, "an old key")
    with console.refusal():
        console.press("Test and save")
        expect(console.alert()).to_contain_text(
            f"Entrata did not accept these credentials. It said: “{Gate.REFUSAL}”"
        )
    expect(console.alert()).to_contain_text("Nothing is stored.")
    console.look("refused")
    expect(console.field("API address")).to_have_value(gate.url)
    expect(console.field("API key")).to_have_value("")
    assert "an old key" not in console.page.content()

    console.fill("API key", Gate.KEY)
    console.press("Test and save")
    console.sees("Entrata accepts the credentials", "Attach Property IDs")
    console.look("attach-property-ids")
    console.field("Maple Terrace").check()
    console.press("Next")
    console.sees("PMS property 100001 is attached")
    console.look("exclude-lease-statuses")
    console.press("Next")
    expect(console.heading("User Sync Integration")).to_be_visible()
    expect(console.field("User Sync")).to_be_checked()
    console.look("user-sync")
    console.press("Next")
    expect(console.page.get_by_role("heading", name="Done", level=1)).to_be_visible()
    console.sees("Our Entrata", "100001", "0 of 8")
    # Every step before the last one is done, and all stand in one line.
    steps = console.page.get_by_role("list", name="Steps of the set-up").get_by_role("listitem")
    expect(steps).to_have_class(["done"] * 5 + [""])
    assert len({step.bounding_box()["y"] for step in steps.all()}) == 1
    console.look("done")

    # Nothing is written before the preview of the first sync was seen and confirmed.
    console.press("Preview the first sync")
    expect(console.heading("The first sync")).to_be_visible()
    console.sees("12 people come in", "Sofía Clark", "8 PMS units are not mapped yet")
    console.look("first-sync")
    assert people_of(community) == set()
    console.field("Future").check()
    console.press("Exclude and preview again")
    console.sees("10 people come in")
    console.sees_not("Zoë Mitchell")
    assert people_of(community) == set()

    with gate.shut():
        console.press("Sync Now")
        expect(console.page.get_by_role("progressbar", name="Progress of the sync")).to_be_visible()
        console.look("progress")
    console.watch_sync()
    console.sees("Applied", "10 brought in", "Sofía Clark")
    console.look("run")
    assert len(people_of(community)) == 10
    assert "zoe.mitchell.9@example.com" not in people_of(community)

    console.go("Manage Settings › Integrations")
    settings = console.control("Manage Settings", console.page.get_by_role("main"))
    expect(settings).to_be_visible()
    assert console.is_blue(settings)
    console.look("on")


def test_stored_credentials_are_used_again_and_configure_resumes(console, portfolio, gate):
    an_empty_property(console, portfolio)
    console.press("Set Up")
    console.field("Entrata").check()
    console.press("Next")
    enter_credentials(console, "Shared Entrata", gate, Gate.KEY)
    console.press("Test and save")
    console.sees("Attach Property IDs")

    community = an_empty_property(console, portfolio)
    console.press("Set Up")
    console.field("Entrata").check()
    console.press("Next")
    console.field("Shared Entrata").check()
    console.look("stored")
    assert Gate.KEY not in console.page.content()
    console.press("Test and use")
    console.sees("The PMS still accepts the credentials of Shared Entrata")

    # Left here, it goes on here, and shows what is set.
    console.go("Manage Settings › Integrations")
    console.look("begun")
    console.press("Configure")
    expect(console.heading("Attach Property IDs")).to_be_visible()
    console.field("Maple Terrace").check()
    console.press("Next")
    console.fill("Another word", "Applicant")
    console.press("Next")
    expect(console.heading("User Sync Integration")).to_be_visible()
    console.field("User Sync").uncheck()
    console.press("Next")
    console.sees("User Sync stays off", "Shared Entrata", "Applicant")
    console.press("Close")
    console.press("Configure")
    steps = console.page.get_by_role("list", name="Steps of the set-up")
    steps.get_by_role("link", name="Attach Property IDs").click()
    expect(console.field("Maple Terrace")).to_be_checked()
    assert people_of(community) == set()

    # The tab tests them again, on the spot.
    console.open_settings("Credentials")
    console.press("Test Shared Entrata")
    console.sees("Allowed")
    console.look("credentials")
    assert Gate.KEY not in console.page.content()


def test_a_lease_status_is_left_out(console, portfolio):
    community = settled_community(portfolio)
    console.choose_property(community.name)
    console.open_settings("Lease Statuses")
    expect(console.row("Notice")).to_contain_text("1")
    console.look("lease-statuses")
    console.field("Exclude Notice").check()
    console.press("Save")
    console.sees("1 word saved; it holds from the next sync on.")
    expect(console.field("Exclude Notice")).to_be_checked()
    expect(console.field("Exclude Current")).not_to_be_checked()

    # Somebody new with that word stays out; who is here already is frozen.
    community.pms_lists(
        [PMSUnit("u-1", "A", "1"), PMSUnit("u-2", "A", "2")],
        [
            Resident("Ann", "Oak", "u-1"), Resident("Ben", "Elm", "u-2", "Notice"),
            Resident("Cy", "Fir", "u-2", "Notice"),
        ],
    )
    community.sync()
    assert people_of(community) == {"ann-oak@example.com", "ben-elm@example.com"}


def test_safety_numbers_and_switching_off(console, portfolio):
    community = settled_community(portfolio)
    console.choose_property(community.name)
    console.open_settings("Safety")
    console.look("safety")
    console.fill("Endings that always pass", "plenty")
    with console.refusal():
        console.press("Save")
        expect(console.alert()).to_contain_text("Nothing is saved: 1 value cannot be so")
    console.is_refused_at("Endings that always pass", "Endings that always pass: expected")
    expect(console.field("Endings that always pass")).to_have_value("plenty")
    console.look("refused")
    console.fill("Endings that always pass", "7")
    console.press("Save")
    expect(console.field("Endings that always pass")).to_have_value("7")
    console.open_settings("Safety")
    expect(console.field("Endings that always pass")).to_have_value("7")

    # What will happen is said before.
    console.sees("Turned off, Unit Sync goes off with it: the 2 assignments")
    console.press("Turn off User Sync")
    console.sees(f"User Sync is off at {community.name}. Everything stays as it is.")
    expect(console.control("Turn off User Sync")).to_have_count(0)
    community.pms_lists([PMSUnit("u-1", "A", "1"), PMSUnit("u-2", "A", "2")], [Resident("Ann", "Oak", "u-1")])
    console.go("People")
    console.actions("Sync Now")
    console.sees("User Sync is off: nothing is synced.")
    assert people_of(community) == {"ann-oak@example.com", "ben-elm@example.com"}

    # On again: the preview comes first.
    console.open_settings("Safety")
    console.press("Preview and turn on User Sync")
    expect(console.heading("The next sync")).to_be_visible()
    console.press("Sync Now")
    console.watch_sync()


def test_a_property_moves_to_another_pms(console, portfolio):
    community = settled_community(portfolio)
    homes = community.homes()
    assert len(homes) == 2
    code = portfolio.add_export(
        "New PMS",
        [PMSUnit("n-7", "A", "1"), PMSUnit("n-8", "A", "2")],
        [
            Resident("Ann", "Oak", "n-7", resident_id="901"),
            Resident("Ben", "Elm", "n-8", "Notice", resident_id="902"),
        ],
    )
    console.choose_property(community.name)
    console.open_settings("Property IDs")
    console.press(f"Change PMS of {community.code}")
    expect(console.page.get_by_role("heading", level=1)).to_contain_text("Change the PMS of")
    console.press("New PMS")
    with console.refusal():
        console.press("Preview")
        expect(console.page.get_by_text("Choose the PMS property that takes over.").first).to_be_visible()
    console.field(f"New PMS {code}").check()
    console.look("choose")
    console.press("Preview")
    console.sees("2 residents of the new PMS recognised, 0 people brought in", "Every one of its 2 PMS units is mapped")
    console.look("preview")
    assert community.homes() == homes
    console.press("Change PMS")
    console.watch_sync()
    console.sees("Applied")
    assert community.homes() == homes
    console.open_settings("Property IDs")
    console.sees("New PMS")
    console.look("changed")
