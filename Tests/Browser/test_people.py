"""People: finding them in the list, their page, and what is done to them by hand."""

import csv

from playwright.sync_api import expect

from console.portfolio import PMSUnit, Resident

UNITS = [PMSUnit(f"u-{number}", "A", str(number)) for number in (1, 2, 3)]


def community_of_three(portfolio):
    """Ann lives in 1, Ben moves into 2 next year, Cy's unit is not mapped; 4 is nobody's."""
    surname = portfolio.surname()
    residents = [
        Resident("Ann", surname, "u-1"),
        Resident("Ben", surname, "u-2", "Future", move_in="2036-02-01"),
        Resident("Cy", surname, "u-3"),
    ]
    community = portfolio.add_community(
        pms_units=UNITS,
        residents=residents,
        units=[("A", "1"), ("A", "2"), ("A", "4")],
        mapping={"u-1": "A — 1", "u-2": "A — 2"},
    )
    return community, *residents


def open_person(console, community, resident):
    console.choose_property(community.name)
    console.go("People")
    console.press(resident.name)
    console.is_at_heading(resident.name)


def test_searching_and_filtering(console, portfolio):
    community, ann, ben, cy = community_of_three(portfolio)
    console.choose_property(community.name)
    console.go("People")
    console.sees("3 people", "Synced just now")
    expect(console.row(ben.name)).to_contain_text("Upcoming")
    console.look("people")

    console.fill("Search people by name or e-mail", ann.address.upper())
    console.page.keyboard.press("Enter")
    expect(console.row(ben.name)).to_have_count(0)
    expect(console.row(ann.name)).to_contain_text("A — 1")

    console.go("People")
    console.press("Without a unit 1")
    expect(console.row(cy.name)).to_be_visible()
    expect(console.row(ann.name)).to_have_count(0)
    with open(console.download("Export CSV"), encoding="utf-8-sig", newline="") as file:
        assert [row["email"] for row in csv.DictReader(file)] == [cy.address]

    console.fill("Search people by name or e-mail", "Zoe")
    console.page.keyboard.press("Enter")
    console.sees("Nobody is like that")
    console.look("nobody")


def test_a_person_says_why(console, portfolio):
    community, ann, ben, cy = community_of_three(portfolio)
    open_person(console, community, ann)
    console.sees("In A — 1 since", ann.id, ann.address)
    expect(console.heading("Why?")).to_be_visible()
    console.sees("The PMS says:")
    console.look("person")
    why = console.page.locator("section").filter(has=console.heading("Why?"))
    console.control("Run", why).first.click()
    console.sees(ann.name, "A — 1")

    open_person(console, community, cy)
    console.sees("Without a unit, although the PMS says that they live", "not mapped to a unit")


def test_assigning_by_hand_unassigning_and_archiving(console, portfolio):
    community, ann, ben, cy = community_of_three(portfolio)
    open_person(console, community, cy)
    console.choose("Unit", "A — 4")
    console.press("Assign")
    console.sees(f"{cy.name} is assigned to A — 4.")
    assert community.homes()[cy.address] == "4"
    console.look("assigned")

    console.choose("Unit", "A — 4")
    with console.refusal():
        console.press("Assign")
    console.is_refused_at("Unit", f"{cy.name} stands in A — 4 already.")
    expect(console.field("Unit")).to_have_value("A — 4")
    console.look("refused")

    console.press("Unassign from A — 4")
    console.sees(f"{cy.name} is taken out of A — 4.")
    assert community.homes().get(cy.address, "") == ""

    # The PMS says otherwise, so the decision is kept until it does not, and can be released.
    open_person(console, community, ann)
    console.sees(f"Archives {ann.name} and ends 1 assignment here", "This goes against the PMS")
    console.press("Archive")
    console.sees(f"{ann.name} is archived; 1 assignment ended.", "Decisions that hold")
    console.look("archived")
    community.sync()
    assert ann.address not in community.homes()
    console.go("People")
    console.press("Archived 1")
    expect(console.row(ann.name)).to_contain_text("Archived")


def test_syncing_one_resident(console, portfolio):
    community, ann, ben, cy = community_of_three(portfolio)
    community.pms_lists(UNITS, [ann.but(last_name="Oakley"), ben.but(move_in="2036-03-01"), cy])
    open_person(console, community, ann)
    console.press("Sync this resident")
    console.sees("1 change by what the PMS says now. Nothing is written yet.")
    console.sees(f"last name changed ({ann.last_name} → Oakley)")
    console.look("preview")
    console.press("Sync this resident")
    console.watch_sync()
    console.sees("Oakley")

    # The preview was none of the syncs; who asks for previews finds it.
    console.open_settings("Sync History")
    expect(console.row("Preview")).to_have_count(0)
    console.press("Previews 1")
    expect(console.row("Preview")).to_have_count(1)
    console.look("previews")

    # Nobody else is touched.
    console.go("People")
    expect(console.row(ben.name)).to_contain_text("February")
