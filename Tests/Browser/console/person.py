"""Somebody at the console, who finds things by what stands on the screen."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

from .watch import Watch

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 800}

MOTION_HAS_ENDED = """() => Promise.all(
    document.getAnimations()
        .filter(one => one.effect.getComputedTiming().endTime !== Infinity)
        .map(one => one.finished.catch(() => {})))"""

# The colour as the screen shows it, however the stylesheet words it: red, green, blue of 0 to 255.
SHOWN_COLOURS = """element => {
    const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const style = getComputedStyle(element);
    return [style.color, style.backgroundColor].map(colour => {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
    });
}"""


class Person:
    """A browser of their own, of which every page that is looked at is judged."""

    def __init__(self, context, url, shots):
        self.url = url
        self.page = context.new_page()
        self.context = context
        self._watch = Watch(self.page, url)
        self._shots = shots

    # What they do.

    def open(self, path, step=None):
        """Enters an address of the console, or a link that was handed over."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        self.look(step)

    def press(self, name, within=None):
        """Uses the one button, link, tab or menu item of that name."""
        self.control(name, within).click()

    def fill(self, label, text):
        self.field(label).fill(text)

    def choose(self, label, option, within=None):
        """Chooses an option of a list, typing its name where the list is searched."""
        field = self.field(label, within)
        if field.evaluate("element => element.localName") == "select":
            field.select_option(label=option)
        else:
            field.fill(option)
            self.page.get_by_role("option", name=option).click()

    def choose_file(self, label, path):
        self.field(label).set_input_files(path)

    def download(self, name):
        """The path of the file that a button or link of that name gives."""
        with self.page.expect_download() as download:
            self.press(name)
        return download.value.path()

    def sign_in(self, member):
        """Signs in and waits until they are in; the pages are for the tests of signing in to judge."""
        self.page.goto(self.url + "/sign-in")
        self.fill("E-mail", member.email)
        self.fill("Password", member.password)
        self.press("Sign in")
        self.is_signed_in(member.email)

    def sign_out(self, member):
        """Chooses **Sign out** under **Account** at the top right."""
        self.press("Account")
        self.press("Sign out")
        self.is_at("/sign-in")

    def choose_property(self, name):
        """Chooses a property with the switcher at the top left; none is needed for an only one."""
        self.page.goto(self.url + "/")
        side = self.page.get_by_role("complementary")
        switcher = side.locator("summary")
        if name not in switcher.inner_text():
            switcher.click()
            listed = side.get_by_role("link", name=name, exact=True)
            if listed.count() == 0:
                # The switcher shows the first; the others are found in the list of all.
                self.press("All properties")
                self.fill("Search properties", name)
                self.page.keyboard.press("Enter")
                listed = self.page.get_by_role("main").get_by_role("link", name=name, exact=True)
            listed.click()
        expect(switcher).to_contain_text(name)

    def go(self, name):
        """Follows a link of the navigation, as “Access › Units”."""
        last = name.split(" › ")[-1]
        link = self.page.get_by_role("navigation").get_by_role("link", name=last, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")

    def open_settings(self, tab):
        """Opens a tab of the settings of the property's integration."""
        self.go("Manage Settings › Integrations")
        main = self.page.get_by_role("main")
        self.control("Manage Settings", main).or_(self.control("See its settings", main)).click()
        self.press(tab, self.page.get_by_role("navigation", name="Settings of the integration"))
        self.is_at_heading(tab)

    def actions(self, name):
        """Chooses something under **Actions**."""
        self.press("Actions")
        self.press(name)

    @contextmanager
    def refusal(self):
        """Does what the console is expected to refuse."""
        with self._watch.refusal():
            yield
            self.page.wait_for_load_state()

    # What they see.

    def control(self, name, within=None):
        """The button, link, tab or menu item of that name."""
        place = within or self.page
        found = place.locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        for role in ("button", "link", "tab", "menuitem"):
            found = found.or_(place.get_by_role(role, name=name, exact=True))
        return found.filter(visible=True)

    def field(self, label, within=None):
        """The field, list or choice of that label."""
        place = within or self.page
        found = place.get_by_label(label, exact=True)
        # Text of the options counts as the label's where it encloses a list, but not in its name.
        for role in ("combobox", "checkbox", "radio", "switch"):
            found = found.or_(place.get_by_role(role, name=label, exact=True))
        return found

    def row(self, name):
        """The row of a table that has those words."""
        return self.page.get_by_role("row", name=name)

    def heading(self, name):
        return self.page.get_by_role("heading", name=name)

    def sees(self, *texts):
        """Waits until each text stands on the page."""
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def sees_not(self, *texts):
        for text in texts:
            expect(self.page.get_by_role("main")).not_to_contain_text(text)

    def is_signed_in(self, email):
        """Waits until the page says who is signed in."""
        expect(self.control("Account")).to_be_visible()

    def is_signed_out(self):
        """Waits until nobody is signed in any more."""
        self.is_at("/sign-in")
        expect(self.control("Sign in")).to_be_visible()

    def watch_sync(self):
        """Watches a sync until its run is shown; a sync that was over before the page came is opened by hand."""
        over, run = self.control("What it did"), self.page.get_by_text("Outcome", exact=True)
        expect(over.or_(run)).to_be_visible()
        if over.is_visible():
            over.click()
        expect(run).to_be_visible()

    def alert_about(self, name):
        """The one open alert that is about somebody of that name."""
        return self.page.get_by_role("article").filter(has_text=name)

    def is_at_heading(self, name):
        """Waits until the page of that title is shown."""
        expect(self.page.get_by_role("heading", name=name, exact=True, level=1)).to_be_visible()

    def reload_until_gone(self, text):
        """Loads the page anew until a text has gone from it."""
        main = self.page.get_by_role("main")
        for _ in range(30):
            self.page.reload()
            try:
                return expect(main).not_to_contain_text(text, timeout=500)
            except AssertionError:
                continue
        expect(main).not_to_contain_text(text, timeout=500)

    def alert(self):
        """What the page says is wrong."""
        return self.page.get_by_role("alert")

    def is_refused_at(self, label, words):
        """Waits until the page says what is wrong with a field: at the top, from where one gets to it, and beside it."""
        expect(self.alert()).to_be_focused()
        expect(self.alert()).to_contain_text(words)
        field = self.field(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(re.escape(words)))
        self.alert().get_by_role("link", name=words).click()
        expect(field).to_be_focused()

    def is_at(self, path):
        """Waits until that page is shown; of a query nothing is asked."""
        expect(self.page).to_have_url(re.compile(rf"^{re.escape(self.url + path)}(\?.*)?$"))

    def shown_link(self):
        """The one link that is shown to be handed over, as text or in a field; None where there is none."""
        main = self.page.get_by_role("main")
        words = [main.inner_text()]
        words += [field.input_value() for field in main.get_by_role("textbox").all()]
        found = set(re.findall(re.escape(self.url) + r"/\S+", "\n".join(words)))
        assert len(found) <= 1, f"expected one link to hand over, found {len(found)}"
        return found.pop() if found else None

    def is_blue(self, control):
        """Whether a control's words, or what they stand on, are blue."""
        return any(
            alpha > 127 and blue > red + 40 and blue > green + 20
            for red, green, blue, alpha in control.evaluate(SHOWN_COLOURS)
        )

    def shows_focus(self, control):
        """Whether one can see that a control has the focus."""
        box = control.bounding_box()
        clip = {
            "x": max(0, box["x"] - 8), "y": max(0, box["y"] - 8),
            "width": box["width"] + 16, "height": box["height"] + 16,
        }
        expect(control).to_be_focused()
        self.page.evaluate(MOTION_HAS_ENDED)
        focused = self.page.screenshot(clip=clip)
        control.blur()
        self.page.evaluate(MOTION_HAS_ENDED)
        left = self.page.screenshot(clip=clip)
        control.focus()
        return focused != left

    # What is asked of every page.

    def look(self, step=None):
        """Judges the page as it stands now, light, dark and narrow; a step's name keeps pictures."""
        self.page.wait_for_load_state()
        self._watch.weigh()
        self._watch.measure("wide")
        try:
            for appearance in ("light", "dark"):
                self.page.emulate_media(color_scheme=appearance)
                self.page.evaluate(MOTION_HAS_ENDED)
                self._watch.judge(appearance)
                self._keep(step, appearance)
            self.page.emulate_media(color_scheme="light")
            self.page.set_viewport_size(NARROW)
            self.page.evaluate(MOTION_HAS_ENDED)
            self._watch.judge("320 px")
            self._watch.measure("320 px")
            self._keep(step, "320")
        finally:
            self.page.emulate_media(color_scheme="light")
            self.page.set_viewport_size(WIDE)

    def _keep(self, step, appearance):
        if step:
            self.page.screenshot(
                path=self._shots / f"{step}-{appearance}.png", full_page=True, animations="disabled"
            )

    def shot(self, step):
        """Where a picture of a step is kept."""
        return self._shots / f"{step}.png"

    def keep_failure(self):
        """Keeps a picture of where it went wrong; returns what stood there in words."""
        self.page.screenshot(path=self._shots / "failure.png", full_page=True)
        return f"{self.page.url}\n{self.page.locator('body').aria_snapshot()}"

    def problems(self):
        """What was wrong with pages so far."""
        return list(self._watch.problems)
