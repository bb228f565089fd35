"""What the browser tests share: engines, a portfolio under a server, and somebody at the console.

scripts/run-browser-tests runs them and says what it needs. Pictures of the steps that tests name are
left in .build/browser-screenshots/<test>/<step>-{light,dark,320}.png.
"""

import os
import pathlib
import re
import shutil

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from console.command_line import Lintel
from console.databases import ENGINES
from console.person import WIDE, Person
from console.portfolio import Portfolio

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / ".build" / "browser-screenshots"

# Two cores may be shared with a build; a condition that holds is not waited for.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def program():
    path = os.environ.get("LINTEL_PROGRAM") or str(ROOT / ".build" / "debug" / "lintel")
    if not os.access(path, os.X_OK):
        pytest.exit(f"{path} is no program: build it, or name one in LINTEL_PROGRAM", 2)
    return path


@pytest.fixture(scope="session")
def browser():
    chromium = os.environ.get("LINTEL_TEST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=ENGINES, ids=lambda engine: engine.name)
def engine(request):
    """Each database engine in turn."""
    return request.param()


@pytest.fixture(scope="module")
def portfolio(program, engine, tmp_path_factory):
    """A server with a portfolio manager, shared by a module; each test adds a property of its own."""
    folder = tmp_path_factory.mktemp("portfolio")
    database = engine.create(folder)
    portfolio = None
    try:
        portfolio = Portfolio(Lintel(program, folder, database))
        yield portfolio
    finally:
        if portfolio:
            portfolio.close()
        engine.drop(database)


@pytest.fixture
def unused(program, engine, tmp_path):
    """The program with a database that nobody has used."""
    database = engine.create(tmp_path)
    yield Lintel(program, tmp_path, database)
    engine.drop(database)


class People:
    """Opens a browser for each person of a test."""

    def __init__(self, browser, folder):
        self._browser = browser
        self._folder = folder
        self._present = []

    def arrive(self, url, **options):
        """Somebody with a browser that knows nothing yet; options are those of a Playwright context."""
        context = self._browser.new_context(
            viewport=WIDE, reduced_motion="reduce", locale="en-US", timezone_id="America/New_York",
            **options,
        )
        context.set_default_timeout(30_000)
        person = Person(context, url, self._folder)
        self._present.append(person)
        return person

    def keep_failure(self):
        """Keeps pictures of what everybody saw, and returns it in words."""
        words = []
        for person in self._present:
            try:
                words.append(person.keep_failure())
            except Error as gone:
                words.append(str(gone))
        return "\n\n".join(words)

    def problems(self):
        return [problem for person in self._present for problem in person.problems()]

    def leave(self):
        for person in self._present:
            person.context.close()


@pytest.fixture
def people(browser, request):
    folder = SCREENSHOTS / re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-")
    shutil.rmtree(folder, ignore_errors=True)
    people = People(browser, folder)
    yield people
    people.leave()


@pytest.fixture
def visitor(people, portfolio):
    """Somebody who is not signed in."""
    return people.arrive(portfolio.url)


@pytest.fixture
def console(people, portfolio):
    """The portfolio manager, signed in."""
    person = people.arrive(portfolio.url)
    person.sign_in(portfolio.manager)
    return person


@pytest.fixture
def console_of(people, portfolio):
    """Gives somebody with a role, for those properties, signed in."""

    def arrive(role, *communities):
        person = people.arrive(portfolio.url)
        person.sign_in(portfolio.add_staff(role, communities))
        return person

    return arrive


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Fails a test whose pages had something wrong, though it came to its end."""
    people = item.funcargs.get("people")
    try:
        result = yield
    except Exception:
        if people:
            item.add_report_section("call", "what stood on the screen", people.keep_failure())
            if problems := people.problems():
                item.add_report_section("call", "what was wrong with the pages", "\n".join(problems))
        raise
    if people and (problems := people.problems()):
        pytest.fail("what was wrong with the pages:\n" + "\n".join(problems), pytrace=False)
    return result
