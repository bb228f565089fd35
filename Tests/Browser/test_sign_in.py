"""Signing in and out, setting up the first portfolio manager, inviting staff, changing a password."""

import pytest
from playwright.sync_api import expect

from console.portfolio import PASSWORD, Staff

OTHER_PASSWORD = "five other words to remember"
SETUP = r"set up the first portfolio manager at (\S+)"


def test_signing_in_and_out(visitor, portfolio):
    visitor.open("/sign-in", "sign-in")
    visitor.fill("E-mail", portfolio.manager.email)
    visitor.fill("Password", portfolio.manager.password)
    visitor.press("Sign in")
    visitor.is_signed_in(portfolio.manager.email)
    visitor.look("signed-in")

    visitor.press("Account")
    visitor.look("menu")
    visitor.press("Sign out")
    visitor.is_signed_out()
    visitor.look("signed-out")


def test_who_is_not_signed_in_is_asked_to(visitor):
    for path in ("/", "/staff", "/account"):
        visitor.page.goto(visitor.url + path)
        visitor.is_at("/sign-in")


def test_going_back_after_signing_out_shows_nothing(console, portfolio):
    console.open("/staff")
    console.sign_out(portfolio.manager)
    console.page.go_back()
    console.is_signed_out()


def test_signing_in_leads_to_the_page_that_was_asked_for(visitor, portfolio):
    visitor.page.goto(visitor.url + "/staff")
    visitor.is_at("/sign-in")
    visitor.fill("E-mail", portfolio.manager.email)
    visitor.fill("Password", portfolio.manager.password)
    visitor.press("Sign in")
    visitor.is_at("/staff")


def test_a_wrong_password_is_refused_in_words(visitor, portfolio):
    visitor.open("/sign-in")
    visitor.fill("E-mail", portfolio.manager.email)
    visitor.fill("Password", "not the words they chose")
    with visitor.refusal():
        visitor.press("Sign in")
    visitor.is_refused_at("Password", "No member of staff has this e-mail and this password.")

    visitor.look("refused")
    expect(visitor.control(portfolio.manager.email)).to_have_count(0)
    # What was typed is kept, but for the secret.
    expect(visitor.field("E-mail")).to_have_value(portfolio.manager.email)
    expect(visitor.field("Password")).to_have_value("")

    visitor.fill("Password", portfolio.manager.password)
    visitor.press("Sign in")
    visitor.is_signed_in(portfolio.manager.email)


def test_a_refusal_does_not_say_who_is_staff(visitor, portfolio):
    words = []
    for email in (portfolio.manager.email, "nobody@example.org"):
        visitor.open("/sign-in")
        visitor.fill("E-mail", email)
        visitor.fill("Password", "not the words they chose")
        with visitor.refusal():
            visitor.press("Sign in")
            expect(visitor.alert()).to_be_visible()
            words.append(visitor.alert().inner_text().replace(email, ""))
    assert words[0] == words[1]


def test_signing_in_with_the_keyboard_alone(visitor, portfolio):
    visitor.open("/sign-in")
    email, password = visitor.field("E-mail"), visitor.field("Password")
    button = visitor.control("Sign in")
    press = visitor.page.keyboard.press
    for _ in range(10):
        if email.evaluate("element => element === document.activeElement"):
            break
        press("Tab")
    assert visitor.shows_focus(email)
    visitor.page.keyboard.type(portfolio.manager.email)
    press("Tab")
    assert visitor.shows_focus(password)
    visitor.page.keyboard.type(portfolio.manager.password)
    press("Tab")
    assert visitor.shows_focus(button)
    press("Enter")
    visitor.is_signed_in(portfolio.manager.email)


def test_signing_in_without_javascript(people, portfolio):
    person = people.arrive(portfolio.url, java_script_enabled=False)
    person.page.goto(portfolio.url + "/sign-in")
    person.fill("E-mail", portfolio.manager.email)
    person.fill("Password", portfolio.manager.password)
    person.press("Sign in")
    person.is_signed_in(portfolio.manager.email)


def test_signing_in_gives_a_new_cookie_that_scripts_cannot_read(visitor, portfolio):
    def cookies():
        return {cookie["name"]: cookie for cookie in visitor.context.cookies()}

    visitor.sign_in(portfolio.manager)
    first = cookies()
    assert first
    for cookie in first.values():
        assert cookie["httpOnly"] and cookie["sameSite"] == "Lax", cookie["name"]
    assert visitor.page.evaluate("() => document.cookie") == ""

    visitor.sign_out(portfolio.manager)
    visitor.sign_in(portfolio.manager)

    second = cookies()
    sessions = [name for name in second if name in first and second[name]["value"] != first[name]["value"]]
    assert sessions, "the cookie after signing in again is the one of before"


def choose_password(person, password, again=None):
    person.fill("Password", password)
    person.fill("The same once more", again or password)


def test_the_first_portfolio_manager_sets_up_with_the_link_the_server_prints(people, unused):
    server = unused.serve()
    try:
        link = server.wait_for(SETUP).group(1)
        assert link.startswith(server.url + "/setup?code=")
        first = people.arrive(server.url)
        first.open(link, "set-up")
        first.fill("E-mail", "first@example.org")
        choose_password(first, PASSWORD)
        first.press("Set up")
        first.is_signed_in("first@example.org")
        first.look("after-set-up")

        # The link has done its work.
        second = people.arrive(server.url)
        second.page.goto(link)
        second.is_signed_out()
        second.sign_in(Staff("first@example.org", "portfolio-manager"))
    finally:
        server.stop()

    again = unused.serve()
    again.stop()
    assert not [line for line in again.lines if "/setup" in line]


def test_setting_up_needs_the_code(people, unused):
    server = unused.serve()
    try:
        person = people.arrive(server.url)
        for path in ("/setup", "/setup?code=guessed"):
            with person.refusal():
                person.open(path, "refused")
            expect(person.control("Set up")).to_have_count(0)
    finally:
        server.stop()


@pytest.mark.parametrize(
    "password, again, label, words",
    [
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "Password", "The password is easy to guess"),
        (PASSWORD, OTHER_PASSWORD, "The same once more", "The two passwords differ"),
    ],
    ids=["easy to guess", "typed differently"],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    people, unused, password, again, label, words
):
    server = unused.serve()
    try:
        person = people.arrive(server.url)
        person.open(server.wait_for(SETUP).group(1))
        person.fill("E-mail", "first@example.org")
        choose_password(person, password, again)
        with person.refusal():
            person.press("Set up")
        person.is_refused_at(label, words)
        person.look("refused")
        expect(person.field("E-mail")).to_have_value("first@example.org")

        choose_password(person, PASSWORD)
        person.press("Set up")
        person.is_signed_in("first@example.org")
    finally:
        server.stop()


def invite(console, email, role, community=None):
    """Invites somebody on the Staff page; the link that is shown to be handed over."""
    console.open("/staff")
    console.fill("E-mail", email)
    console.field(role).check()
    if community:
        console.field(community.name).check()
    console.press("Invite")
    console.sees(email)
    link = console.shown_link()
    assert link, "no link to hand over is shown"
    return link


def test_inviting_staff_with_a_link_that_works_once(console, portfolio, people):
    mine, other = portfolio.add_community(), portfolio.add_community()
    link = invite(console, "dana@example.org", "Property manager", mine)
    console.look("invited")

    # Shown once: the page does not tell it again.
    console.open("/staff", "staff")
    assert console.shown_link() is None
    expect(console.row("dana@example.org")).to_contain_text("Property manager")

    dana = people.arrive(portfolio.url)
    dana.open(link, "accept")
    choose_password(dana, OTHER_PASSWORD)
    dana.press("Save and sign in")
    dana.is_signed_in("dana@example.org")
    dana.open("/properties", "accepted")
    dana.sees(mine.name)
    dana.sees_not(other.name)
    dana.sign_out(Staff("dana@example.org", "property-manager"))
    dana.sign_in(Staff("dana@example.org", "property-manager", OTHER_PASSWORD))

    # Works once.
    finder = people.arrive(portfolio.url)
    with finder.refusal():
        finder.open(link, "used-invitation")
    expect(finder.control("Save and sign in")).to_have_count(0)


def test_nobody_is_invited_twice(console):
    invite(console, "eli@example.org", "Viewer")
    console.open("/staff")
    console.fill("E-mail", "eli@example.org")
    console.field("Viewer").check()
    with console.refusal():
        console.press("Invite")
    console.is_refused_at("E-mail", "eli@example.org is a member of staff already")
    expect(console.field("Viewer")).to_be_checked()
    console.look("invited-twice")


@pytest.mark.parametrize("role", ["property-manager", "viewer"])
def test_only_portfolio_managers_see_staff(console_of, portfolio, role):
    person = console_of(role, portfolio.add_community())
    expect(person.control("Staff")).to_have_count(0)
    with person.refusal():
        person.open("/staff", "refused")
    expect(person.control("Invite")).to_have_count(0)


def test_changing_a_password(people, portfolio):
    member = portfolio.add_staff("portfolio-manager")
    person, elsewhere = people.arrive(portfolio.url), people.arrive(portfolio.url)
    person.sign_in(member)
    elsewhere.sign_in(member)

    person.open("/account", "account")
    person.fill("Present password", member.password)
    person.fill("New password", OTHER_PASSWORD)
    person.fill("The same once more", OTHER_PASSWORD)
    person.press("Change password")
    person.sees("Your password is changed")
    person.look("changed")

    # Whoever else was in with the old one is out.
    elsewhere.page.goto(portfolio.url + "/account")
    elsewhere.is_at("/sign-in")
    elsewhere.fill("E-mail", member.email)
    elsewhere.fill("Password", member.password)
    with elsewhere.refusal():
        elsewhere.press("Sign in")
        expect(elsewhere.alert()).to_be_visible()
    elsewhere.sign_in(Staff(member.email, member.role, OTHER_PASSWORD))


def test_a_password_is_not_changed_without_the_present_one(console, portfolio, people):
    console.open("/account")
    console.fill("Present password", "not the words they chose")
    console.fill("New password", OTHER_PASSWORD)
    console.fill("The same once more", OTHER_PASSWORD)
    with console.refusal():
        console.press("Change password")
    console.is_refused_at("Present password", "The present password is not that.")
    people.arrive(portfolio.url).sign_in(portfolio.manager)
