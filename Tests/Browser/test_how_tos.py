"""The FAQ's five how-tos, done with nothing but the FAQ in hand: its answers are the tests' first words."""

import csv

from playwright.sync_api import expect

from console.portfolio import PMSUnit, Resident


def units_of(community):
    """The units there are, as (building, name, floor)."""
    return sorted(
        (unit.get("building", ""), unit["name"], unit.get("floor", ""))
        for unit in community.read("units", "list")["units"]
    )


def homes_of(community):
    """Who stands in which unit: e-mail address → the unit's name, or nothing."""
    return {
        person["email"]: person.get("unit", "")
        for person in community.read("people", "list")["people"]
        if person["assignment"] in ("current", "")
    }


def test_how_do_i_create_one_unit(console, portfolio):
    """Go to Access › Units. Select **Actions**, then **Add Unit**. Fill in Unit name, Building and Floor.
    Select **Save**."""
    community = portfolio.add_community(units=[("A", "2"), ("A", "10")])
    console.choose_property(community.name)
    console.go("Access › Units")
    console.look("units")
    console.actions("Add Unit")
    console.look("add-unit")
    console.fill("Unit name", "12B")
    console.fill("Building", "A")
    console.fill("Floor", "12")
    console.press("Save")
    console.sees("12B")
    console.look("saved")

    console.go("Access › Units")
    expect(console.row("12B")).to_contain_text("Vacant")
    # A person counts 2, 10, 12.
    names = console.page.get_by_role("row").filter(has_text="Vacant").all_inner_texts()
    assert [next(name for name in ("12B", "10", "2") if name in row) for row in names] == ["2", "10", "12B"]
    assert units_of(community) == [("A", "10", ""), ("A", "12B", "12"), ("A", "2", "")]


def test_how_do_i_create_many_units_from_a_csv_file(console, portfolio, tmp_path):
    """Go to Access › Units. Select **Actions**, then **Add Unit**. Under **Upload CSV** select **Download
    template** and write your units into it. Choose the file, select **Preview** to see what each row will
    do, then **Import**. You may upload the same file again."""
    community = portfolio.add_community(units=[("A", "101")])
    console.choose_property(community.name)
    console.go("Access › Units")
    console.actions("Add Unit")
    expect(console.heading("Upload CSV")).to_be_visible()
    console.look("upload-csv")

    with open(console.download("Download template"), encoding="utf-8-sig", newline="") as template:
        columns = next(csv.reader(template))
    path = tmp_path / "units.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerow({"name": "101", "building": "A"})
        for number in ("102", "103"):
            writer.writerow({"name": number, "building": "A", "floor": "1"})

    console.choose_file("CSV file", path)
    console.press("Preview")
    expect(console.row("101")).to_contain_text("Unchanged")
    expect(console.row("102")).to_contain_text("New")
    expect(console.row("103")).to_contain_text("New")
    console.look("preview")
    # Nothing is written until it is said so.
    assert units_of(community) == [("A", "101", "")]
    console.press("Import")
    console.sees("2 new units")
    console.look("imported")
    everything = [("A", "101", ""), ("A", "102", "1"), ("A", "103", "1")]
    assert units_of(community) == everything

    console.go("Access › Units")
    console.actions("Add Unit")
    console.choose_file("CSV file", path)
    console.press("Preview")
    for name in ("101", "102", "103"):
        expect(console.row(name)).to_contain_text("Unchanged")
    console.look("preview-again")
    assert units_of(community) == everything


def test_how_do_i_import_pms_units(console, portfolio):
    """Go to Manage Settings › Integrations, open the settings and there **Unit Mapping**. Select **Import PMS units**. See which
    units will be created, and confirm."""
    community = portfolio.add_community(
        pms_units=[
            PMSUnit("u-1", "A", "201", "2"),
            PMSUnit("u-2", "A", "202", "2"),
            PMSUnit("u-3", "B", "201", "2"),
        ],
        residents=[Resident("Ann", "Oak", "u-1")],
    )
    console.choose_property(community.name)
    console.open_settings("Unit Mapping")
    console.sees("0 of 3")
    console.look("unmapped")

    console.press("Import PMS units")
    console.sees("3 new units", "A — 201", "A — 202", "B — 201")
    console.look("preview")
    assert units_of(community) == []
    console.press("Import")
    console.sees("3 of 3")
    console.look("imported")

    assert units_of(community) == [("A", "201", "2"), ("A", "202", "2"), ("B", "201", "2")]
    community.sync()
    assert homes_of(community) == {"ann-oak@example.com": "201"}


def test_how_do_i_map_a_pms_unit(console, portfolio):
    """Go to Manage Settings › Integrations and open **Unit Mapping**. Find the PMS unit, choose the unit it
    is, and select **Save**. Its residents are in the unit after the next sync."""
    community = portfolio.add_community(
        pms_units=[PMSUnit("u-1", "Bldg A", "1A"), PMSUnit("u-2", "", "Penthouse West")],
        residents=[Resident("Ann", "Oak", "u-1"), Resident("Ben", "Elm", "u-2")],
        units=[("Bldg A", "1A"), ("Tower", "PH1"), ("Tower", "PH2")],
        mapping={"u-1": "Bldg A — 1A"},
    )
    assert homes_of(community) == {"ann-oak@example.com": "1A", "ben-elm@example.com": ""}
    console.choose_property(community.name)
    console.open_settings("Unit Mapping")
    console.sees("1 of 2")
    expect(console.row("Penthouse West")).to_contain_text("1 waiting")
    console.look("waiting")

    row = console.row("Penthouse West")
    console.choose("Unit for Penthouse West", "Tower — PH1", within=row)
    console.press("Save Penthouse West", within=row)
    console.sees("2 of 2")
    expect(console.row("Penthouse West")).to_contain_text("Mapped")
    console.look("mapped")

    # Mapping moves nobody by itself; the next sync does.
    assert homes_of(community)["ben-elm@example.com"] == ""
    community.sync()
    assert homes_of(community) == {"ann-oak@example.com": "1A", "ben-elm@example.com": "PH1"}
    console.go("Access › Units")
    expect(console.row("PH1")).to_contain_text("Occupied")
    expect(console.row("PH2")).to_contain_text("Vacant")


def test_how_do_i_remove_a_mapping(console, portfolio):
    """Go to Manage Settings › Integrations and open **Unit Mapping**. Select the blue **Edit** beside the PMS
    unit, then **Remove Mapping**. Say whether its residents stay in the unit or are unassigned."""
    community = portfolio.add_community(
        pms_units=[PMSUnit("u-1", "A", "301"), PMSUnit("u-2", "A", "302")],
        residents=[Resident("Ann", "Oak", "u-1"), Resident("Ben", "Elm", "u-2")],
        units=[("A", "301"), ("A", "302")],
        mapping={"u-1": "A — 301", "u-2": "A — 302"},
    )
    console.choose_property(community.name)
    console.open_settings("Unit Mapping")
    console.sees("2 of 2")

    assert console.is_blue(console.control("Edit A — 301"))
    console.press("Edit A — 301")
    # To keep them is what happens where nothing else is said.
    console.sees("1 resident stands in A — 301")
    expect(console.field("Keep them in the unit as hand-made assignments")).to_be_checked()
    console.look("question")
    console.press("Remove Mapping")
    # Whoever stays in the unit does not wait for one.
    console.sees("1 of 2", "No resident waits on a unit")

    console.press("Edit A — 302")
    console.field("Unassign them").check()
    console.press("Remove Mapping")
    console.sees("0 of 2", "1 resident waits on 1 unit")
    expect(console.row("A — 301")).not_to_contain_text("waiting")
    expect(console.row("A — 302")).to_contain_text("1 waiting")
    console.look("removed")

    assert homes_of(community) == {"ann-oak@example.com": "301"}
    community.sync()
    assert homes_of(community) == {"ann-oak@example.com": "301"}
