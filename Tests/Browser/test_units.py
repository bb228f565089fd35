"""Units: what is refused, and where it is said."""

from playwright.sync_api import expect


def test_a_unit_that_is_there_already_is_refused_beside_its_name(console, portfolio):
    community = portfolio.add_community(units=[("A", "101")])
    console.choose_property(community.name)
    console.go("Access › Units")
    console.actions("Add Unit")
    console.fill("Unit name", "101")
    console.fill("Building", "A")
    console.fill("Floor", "1")
    with console.refusal():
        console.press("Save")
    console.is_refused_at("Unit name", f"{community.name} has a unit A — 101")
    # What was typed is kept.
    expect(console.field("Building")).to_have_value("A")
    expect(console.field("Floor")).to_have_value("1")
    console.look("refused")

    console.fill("Unit name", "102")
    console.press("Save")
    console.sees("A — 102 is added.")


def test_the_places_are_behind_a_button_where_there_is_no_room(console, portfolio):
    community = portfolio.add_community(units=[("A", "101")])
    console.choose_property(community.name)
    console.page.set_viewport_size({"width": 320, "height": 700})
    places = console.page.get_by_role("navigation", name="Property")
    expect(places).to_be_hidden()
    console.press("Menu")
    console.page.screenshot(path=console.shot("menu-320"))
    places.get_by_role("link", name="Units", exact=True).click()
    console.is_at_heading("Units")
    expect(places).to_be_hidden()
