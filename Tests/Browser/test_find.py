"""Find anyone: why somebody whom the PMS has is not where one looks for them."""

import time

from playwright.sync_api import expect

from console.portfolio import PMSUnit, Resident


def find(console, words):
    """Looks for somebody with the box that every page has."""
    console.page.get_by_role("banner").get_by_label("Find anyone").fill(words)
    console.page.keyboard.press("Enter")
    expect(console.heading("Find anyone")).to_be_visible()


def community_that_lost_some(portfolio):
    """Ann is found; Ben has no e-mail address, Cy an excluded status, Di a PMS unit that is no unit here."""
    units = [PMSUnit(f"u-{number}", "A", str(number)) for number in (1, 2, 3, 4)]
    community = portfolio.add_community(
        pms_units=units,
        units=[("A", "1"), ("A", "2"), ("A", "3")],
        residents=[Resident("Ann", "Oak", "u-1")],
        mapping={"u-1": "A — 1", "u-2": "A — 2", "u-3": "A — 3"},
    )
    return community, units


def test_a_lost_resident_is_found_within_a_minute(console, portfolio):
    community, units = community_that_lost_some(portfolio)
    console.choose_property(community.name)
    console.open_settings("Lease Statuses")
    console.field("Exclude Current").check()
    console.press("Save")
    console.sees("1 word saved")
    community.pms_lists(
        units,
        [
            Resident("Ann", "Oak", "u-1"),
            Resident("Ben", "Elm", "u-2", "Notice", email=""),
            Resident("Cy", "Fir", "u-3"),
            Resident("Di", "Ash", "u-4", "Notice"),
        ],
    )
    community.sync()

    began = time.monotonic()
    console.go("People")
    console.fill("Search people by name or e-mail", "Ben Elm")
    console.page.keyboard.press("Enter")
    console.press("Look for “Ben Elm” in the PMS records too")
    expect(console.row("Ben Elm")).to_contain_text("Missing Email")
    expect(console.row("Ben Elm")).to_contain_text("A — 2")
    console.look("missing-email")

    find(console, "Cy Fir")
    expect(console.row("Cy Fir")).to_contain_text("excluded")
    console.look("excluded")

    # Somebody who is here, but in no unit, is found as a person whose page says what is in the way.
    find(console, "di-ash@example.com")
    expect(console.row("Di Ash")).to_contain_text("Without a unit")
    console.press("Di Ash")
    console.sees("not mapped to a unit")
    assert time.monotonic() - began < 60

    # The reason leads to where it is put right.
    find(console, "Ben Elm")
    console.press("Alerts", within=console.row("Ben Elm"))
    console.sees("Missing Email")


def test_units_and_pms_units_are_found_too(console, portfolio):
    community, _ = community_that_lost_some(portfolio)
    console.choose_property(community.name)
    find(console, "A — 1")
    expect(console.heading("PMS units")).to_be_visible()
    console.control("A — 1", console.page.get_by_role("main")).first.click()
    console.sees("Ann Oak")


def test_everybody_who_was_counted_can_be_seen(console, portfolio):
    units = [PMSUnit(f"u-{number}", "A", str(number)) for number in range(1, 23)]
    surname = portfolio.surname()
    residents = [Resident(f"Guest{number}", surname, f"u-{number}") for number in range(1, 23)]
    community = portfolio.add_community(
        pms_units=units,
        residents=residents,
        units=[("A", str(number)) for number in range(1, 23)],
        mapping={unit.unit_id: f"A — {unit.unit}" for unit in units},
    )
    # The PMS gives their records other names, which the people here do not have.
    community.pms_lists(
        units,
        [one.but(first_name=f"Lodger{number}", last_name="Quillon") for number, one in enumerate(residents)],
    )
    community.sync()
    console.choose_property(community.name)
    find(console, "Quillon")
    console.sees("“Quillon”: 22 people")
    console.press("2 more people")
    for resident in residents:
        expect(console.page.get_by_role("link", name=resident.name, exact=True)).to_be_visible()
    console.sees("1–22 of 22")
    console.look("everybody")


def test_nobody_by_that_name_says_what_to_do_next(console, portfolio):
    community, _ = community_that_lost_some(portfolio)
    console.choose_property(community.name)
    find(console, "<b>Zoë</b>")
    console.sees("Nobody and nothing here is “<b>Zoë</b>”", "Sync, if it was entered in the PMS since.")
    console.look("nobody")
