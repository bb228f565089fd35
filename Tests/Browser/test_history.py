"""Undoing a run, who did what, and who may."""

import csv

from playwright.sync_api import expect

from console.portfolio import PMSUnit, Resident

UNITS = [PMSUnit("u-1", "A", "1"), PMSUnit("u-2", "A", "2")]


def community_of_two(portfolio):
    """One resident in each of two units, and those residents."""
    surname = portfolio.surname()
    residents = [Resident("Ann", surname, "u-1"), Resident("Ben", surname, "u-2")]
    community = portfolio.add_community(
        pms_units=UNITS,
        residents=residents,
        units=[("A", "1"), ("A", "2")],
        mapping={"u-1": "A — 1", "u-2": "A — 2"},
    )
    return community, *residents


def test_a_run_is_undone(console, portfolio):
    community, ann, ben = community_of_two(portfolio)
    console.choose_property(community.name)
    console.look("overview")
    community.pms_lists(UNITS, [ann, ben.but(status="Past")])
    community.sync()
    both = {ann.address: "1", ben.address: "2"}
    assert community.homes() == {ann.address: "1"}

    console.open_settings("Sync History")
    row = console.page.get_by_role("row").filter(has_text="1 ended")
    expect(row).to_contain_text("Applied")
    console.look("sync-history")
    row.get_by_role("link").click()
    console.sees(ben.name, "Ends")
    console.press("Undo this run")
    console.sees("This reverses 1 change for 1 person.", ben.name)
    console.look("undo")
    assert community.homes() == {ann.address: "1"}
    console.press("Undo this run")
    console.watch_sync()
    assert community.homes() == both

    # It holds until the PMS says something else.
    console.sees("What it decided", ben.name)
    console.look("undone")
    community.sync()
    assert community.homes() == both


def test_activity_says_who_did_what(console, console_of, portfolio):
    community, *_ = community_of_two(portfolio)
    manager = console_of("property-manager", community)
    manager.choose_property(community.name)
    manager.go("Access › Units")
    manager.actions("Add Unit")
    manager.fill("Unit name", "77")
    manager.fill("Building", "B")
    manager.press("Save")
    manager.sees("B — 77")
    manager.go("People")
    manager.actions("Sync Now")
    manager.watch_sync()

    console.choose_property(community.name)
    console.go("Activity")
    mine = console.page.get_by_role("row").filter(has_text="property-manager-")
    expect(mine.filter(has_text="77")).to_have_count(1)
    expect(mine.filter(has_text="sync asked for")).to_have_count(1)
    console.look("activity")
    console.fill("Search activity", "sync asked")
    console.page.keyboard.press("Enter")
    expect(mine).to_have_count(1)

    # The file has what the page shows, and what proves that nothing was taken out of it.
    with open(console.download("Export CSV"), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["what"] for row in rows] == ["sync asked for"]
    assert rows[0]["who"].startswith("property-manager-") and rows[0]["hash"]


def test_a_viewer_reads_and_has_no_buttons(console_of, portfolio):
    community, ann, _ = community_of_two(portfolio)
    viewer = console_of("viewer", community)
    viewer.choose_property(community.name)
    main = viewer.page.get_by_role("main")
    for place in ("Overview", "People", "Upcoming", "Units", "Alerts", "Activity", "Integrations"):
        viewer.go(place)
        expect(main.get_by_role("button")).to_have_count(0)
        expect(viewer.control("Actions")).to_have_count(0)
    for tab in ("Credentials", "Property IDs", "Lease Statuses", "Unit Mapping", "Safety", "Sync History"):
        viewer.open_settings(tab)
        expect(main.get_by_role("button")).to_have_count(0)
        for name in ("Import PMS units", "Edit A — 1", "Import CSV", "Replace credentials"):
            expect(viewer.control(name)).to_have_count(0)
    viewer.go("People")
    viewer.press(ann.name)
    viewer.sees("In A — 1 since")
    expect(main.get_by_role("button")).to_have_count(0)
    viewer.look("person")


def test_a_property_manager_sees_no_other_property(console_of, portfolio):
    (mine, *_), (other, ann, _) = community_of_two(portfolio), community_of_two(portfolio)
    manager, elsewhere = console_of("property-manager", mine), console_of("property-manager", other)
    elsewhere.choose_property(other.name)
    elsewhere.go("People")
    elsewhere.press(ann.name)
    elsewhere.sees("In A — 1 since")
    person = elsewhere.page.url
    elsewhere.go("Overview")
    overview = elsewhere.page.url

    manager.open("/properties")
    manager.sees(mine.name)
    manager.sees_not(other.name)
    for address in (overview, person, overview + "/units", overview + "/people.csv"):
        with manager.refusal():
            manager.open(address)
        expect(manager.page.locator("body")).not_to_contain_text(ann.last_name)
        expect(manager.page.locator("body")).not_to_contain_text(other.name)
    manager.look("refused")
