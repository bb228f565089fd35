"""The Unit Mapping tab: suggestions with reasons, many at once, and the mapping as a file."""

import csv

from playwright.sync_api import expect

from console.portfolio import PMSUnit, Resident


def mapping_of(community):
    """PMS unit → the unit's name, “ignored”, or nothing."""
    rows = csv.DictReader(community.run("mapping", "export").splitlines())
    return {
        row["pms_unit_id"]: row["unit"] if row["mapping"] == "unit" else row["mapping"] for row in rows
    }


def test_suggestions_are_accepted_and_parking_is_ignored(console, portfolio):
    community = portfolio.add_community(
        pms_units=[
            PMSUnit("u-1", "A", "101"), PMSUnit("u-2", "A", "103"), PMSUnit("u-3", "", "102A"),
            PMSUnit("p-1", "", "Parking 7"), PMSUnit("p-2", "", "Parking 8"),
        ],
        units=[("A", "101"), ("A", "102"), ("A", "103")],
    )
    console.choose_property(community.name)
    console.open_settings("Unit Mapping")
    expect(console.row("A — 101")).to_contain_text("Certain")
    expect(console.row("A — 101")).to_contain_text("101 on both sides; no other unit fits")
    expect(console.row("102A")).to_contain_text("Likely")
    expect(console.row("102A")).to_contain_text("may be a bed of this apartment")
    expect(console.row("Parking 7")).to_contain_text("no unit here is like it")
    console.look("suggestions")

    # Only what a rule proves; the doubtful ones wait for a person.
    console.press("Accept all certain (2)")
    console.sees("2 PMS units mapped.", "2 of 5")
    assert mapping_of(community) == {"u-1": "101", "u-2": "103", "u-3": "", "p-1": "", "p-2": ""}

    console.field("Select Parking 7").check()
    console.field("Select Parking 8").check()
    console.sees("2 PMS units selected")
    console.look("selected")
    console.press("Ignore those selected")
    console.sees("2 PMS units ignored.", "2 of 3")
    expect(console.row("Parking 7")).to_contain_text("Ignored")

    console.press("Map 102A to A — 102")
    console.sees("102A is mapped to A — 102.", "3 of 3")
    assert mapping_of(community) == {
        "u-1": "101", "u-2": "103", "u-3": "102", "p-1": "ignored", "p-2": "ignored",
    }
    console.press("Ignored 2")
    expect(console.row("Parking 8")).to_be_visible()
    expect(console.row("A — 101")).to_have_count(0)


def test_a_unit_is_chosen_by_typing_and_found_by_search(console, portfolio):
    community = portfolio.add_community(
        pms_units=[PMSUnit("u-1", "", "Penthouse"), PMSUnit("u-2", "", "Studio")],
        units=[("Tower", str(number)) for number in range(1, 9)],
    )
    console.choose_property(community.name)
    console.open_settings("Unit Mapping")
    console.fill("Search PMS units", "pent")
    console.page.keyboard.press("Enter")
    expect(console.row("Studio")).to_have_count(0)

    # What is typed by hand, with the keyboard alone.
    field = console.field("Unit for Penthouse")
    field.press_sequentially("er — 7")
    expect(console.page.get_by_role("option")).to_have_count(1)
    console.look("choice")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Tower — 7")
    console.press("Save Penthouse")
    console.sees("Penthouse is mapped to Tower — 7.")
    assert mapping_of(community) == {"u-1": "7", "u-2": ""}


def test_the_mapping_goes_out_and_comes_back_as_a_file(console, portfolio, tmp_path):
    community = portfolio.add_community(
        pms_units=[PMSUnit("u-1", "A", "1"), PMSUnit("u-2", "A", "2")],
        residents=[Resident("Ann", "Oak", "u-1")],
        units=[("A", "1"), ("A", "2"), ("B", "9")],
    )
    console.choose_property(community.name)
    console.open_settings("Unit Mapping")
    with open(console.download("Export CSV"), encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), reader.fieldnames
    assert [row["pms_unit_id"] for row in rows] == ["u-1", "u-2"]
    path = tmp_path / "mapping.csv"

    def send(*units):
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            for row, (building, unit) in zip(rows, units):
                writer.writerow(row | {"mapping": "unit", "building": building, "unit": unit})
        console.choose_file("CSV file", path)
        console.press("Import")

    console.press("Import CSV")
    with console.refusal():
        send(("A", "1"), ("B", "900"))
        expect(console.alert()).to_contain_text("1 row refused; nothing was changed.")
    expect(console.row("900")).to_contain_text("3")
    console.look("refused")
    assert mapping_of(community) == {"u-1": "", "u-2": ""}

    send(("A", "1"), ("B", "9"))
    console.sees("2 mappings changed.", "2 of 2")
    assert mapping_of(community) == {"u-1": "1", "u-2": "9"}
