"""Alerts: what waits for a person, its ways out, and what became of it."""

import csv

from playwright.sync_api import expect

from console.portfolio import PMSUnit, Resident

UNITS = [PMSUnit(f"u-{number}", "A", str(number)) for number in (1, 2, 3, 4)]


def community_of_four(portfolio):
    """One resident in each of four units, and those residents."""
    surname = portfolio.surname()
    residents = [
        Resident(first, surname, unit.unit_id)
        for first, unit in zip(("Ann", "Ben", "Cy", "Di"), UNITS)
    ]
    community = portfolio.add_community(
        pms_units=UNITS,
        residents=residents,
        units=[(unit.building, unit.unit) for unit in UNITS],
        mapping={unit.unit_id: f"A — {unit.unit}" for unit in UNITS},
    )
    return community, residents


def open_alerts(console, community, count):
    """Follows the mark at the top right, which says how many are open."""
    console.choose_property(community.name)
    mark = "1 alert" if count == 1 else f"{count} alerts"
    console.press(mark, within=console.page.get_by_role("banner"))
    console.is_at_heading("Alerts")


def test_email_mismatches_are_decided(console, portfolio):
    community, (ann, ben, cy, di) = community_of_four(portfolio)
    ed = Resident("Ed", ann.last_name, "u-4", email="")
    readdressed = [ann.but(email="ann@new.example"), ben.but(email="ben@new.example"), cy, di]
    community.pms_lists(UNITS, [*readdressed, ed])
    community.sync()
    open_alerts(console, community, 3)
    console.sees("Email Mismatch", "Missing Email", "Without an e-mail address nobody can be brought in.")
    console.look("open")
    with open(
        console.download("Please correct in the PMS (CSV)"), encoding="utf-8-sig", newline=""
    ) as file:
        rows = {(row["alert"], row["pms_resident_id"]) for row in csv.DictReader(file)}
    assert rows == {("Email Mismatch", ann.id), ("Email Mismatch", ben.id), ("Missing Email", ed.id)}

    console.press("Use PMS Email", within=console.alert_about(ann.name))
    console.sees("Email Mismatch: Use PMS Email.")
    console.reload_until_gone(ann.name)
    console.press("Keep Ours", within=console.alert_about(ben.name))
    console.sees("Email Mismatch: Keep Ours.")
    console.reload_until_gone(ben.name)
    assert set(community.homes()) == {"ann@new.example", ben.address, cy.address, di.address}

    # Whoever decided stands beside it; what is corrected in the PMS closes itself.
    console.press("Closed alerts")
    decided = console.page.get_by_role("row").filter(has_text=portfolio.manager.email)
    expect(decided).to_have_count(2)
    console.look("closed")
    community.pms_lists(UNITS, [*readdressed, ed.but(email="ed@new.example")])
    community.sync()
    console.page.reload()
    expect(console.row("Missing Email")).to_contain_text("A sync")
    expect(console.page.get_by_role("banner")).to_contain_text("No alerts")


def test_a_held_plan_is_approved(console, portfolio):
    community, (ann, *others) = community_of_four(portfolio)
    community.pms_lists(UNITS, [ann, *(other.but(status="Past") for other in others)])
    community.sync_is_held()
    assert len(community.homes()) == 4

    open_alerts(console, community, 1)
    console.sees("Held Plan")
    for way in ("Approve", "Apply Without Removals", "Discard"):
        expect(console.control(way)).to_be_visible()
    # Whom it would take out of a unit stands there by name.
    console.press("What the plan would do")
    plan = console.page.get_by_role("article").locator("pre")
    for other in others:
        expect(plan).to_contain_text(other.name)
    expect(plan).not_to_contain_text(ann.name)
    console.look("held")
    console.press("Approve")
    console.sees("Held Plan: Approve.")
    console.reload_until_gone("Held Plan")
    assert community.homes() == {ann.address: "1"}
    console.press("Closed alerts")
    expect(console.row("Held Plan")).to_contain_text(portfolio.manager.email)


def test_what_comes_from_the_pms_is_shown_as_text(console, portfolio):
    name = "<script>alert(1)</script>"
    dialogs = []
    console.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    units = [PMSUnit("u-1", name, "<b>1</b>"), PMSUnit("u-2", "A", "<img src=x onerror=alert(2)>")]
    community = portfolio.add_community(
        pms_units=units,
        residents=[
            Resident(name, "Oak", "u-1", email="script@example.com"),
            Resident("Ben", name, "u-2", email="", resident_id="r-<i>2</i>"),
        ],
        units=[(name, "<b>1</b>")],
        mapping={"u-1": f"{name} — <b>1</b>"},
    )
    open_alerts(console, community, 1)
    console.sees(f"Ben {name}")
    console.go("People")
    console.press(f"{name} Oak")
    console.sees(f"{name} Oak", "<b>1</b>")
    console.press(f"{name} — <b>1</b>", within=console.page.get_by_role("table").first)
    console.sees(f"{name} Oak")
    console.look("unit")
    for place in ("Overview", "Upcoming", "Units", "Activity"):
        console.go(place)
    console.page.get_by_role("banner").get_by_label("Find anyone").fill("script")
    console.page.keyboard.press("Enter")
    console.sees(f"Ben {name}", f"{name} Oak")
    console.open_settings("Unit Mapping")
    console.sees("<img src=x onerror=alert(2)>")
    console.open_settings("Lease Statuses")
    console.open_settings("Sync History")
    console.row("1 brought in").get_by_role("link").click()
    console.sees(f"{name} Oak")
    assert console.page.locator("main script, main b, main img, main i").count() == 0
    assert dialogs == []
