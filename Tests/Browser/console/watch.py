"""What must be true of every page, whatever the test is about."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

# What a page may weigh with everything it needs, as it comes over the wire.
MAXIMUM_BYTES = 150_000
# The success criteria of WCAG 2.2, levels A and AA; one of their rules is off where it is not named.
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
# How wide the page is, its room, and what of it cannot be scrolled to; a skip link is beyond the edge whole.
SIZES = """() => {
    const page = document.documentElement;
    const cut = [...document.querySelectorAll('a, button, summary, input, select, textarea')]
        .filter(one => one.checkVisibility({visibilityProperty: true}))
        .filter(one => {
            const {left, right} = one.getBoundingClientRect();
            return left < -1 && right > 0;
        })
        .map(one => one.getAttribute('aria-label') ?? one.textContent.trim());
    return [page.scrollWidth, page.clientWidth, cut];
}"""
# Sources of a policy that let in what it is there to keep out.
UNSAFE = re.compile(r"'unsafe-\w+'|(?:^|\s)(?:\*|https?:|data:)(?=[\s;]|$)")


class Watch:
    """Looks over a page's shoulder and notes what is wrong."""

    def __init__(self, page, origin):
        self._page = page
        self._origin = origin
        self._may_refuse = False
        self._refused = set()
        self.problems = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._note(f"a script failed: {error}"))
        page.on("request", self._requested)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _note(self, what):
        place = self._page.url.removeprefix(self._origin)
        problem = f"{place}: {what}"
        if problem not in self.problems:
            self.problems.append(problem)

    @contextmanager
    def refusal(self):
        """Until it ends, a page may be answered with a status of 400 to 499."""
        self._may_refuse = True
        try:
            yield
        finally:
            self._may_refuse = False

    # What the browser reports.

    def _said(self, message):
        # The browser also reports a page that was refused as expected.
        source = message.location.get("url", "")
        if message.type == "error" and source not in self._refused:
            self._note(f"the browser's console: {message.text} ({source.removeprefix(self._origin)})")

    def _requested(self, request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and not request.url.startswith(self._origin):
            self._note(f"asks another server: {request.url}")

    def _failed(self, request):
        # What the browser itself gave up: a stream of a page that was left, a search typed further.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"{request.method} {request.url} failed: {request.failure}")

    def _answered(self, response):
        request = response.request
        is_page = request.is_navigation_request()
        if response.status >= 400:
            if is_page and response.status < 500 and self._may_refuse:
                self._refused.add(response.url)
            else:
                self._note(f"{request.method} {response.url} was answered with {response.status}")
        if is_page and response.headers.get("content-type", "").startswith("text/html"):
            policy = response.headers.get("content-security-policy", "")
            if not policy:
                self._note("has no Content-Security-Policy")
            elif UNSAFE.search(policy):
                self._note(f"has exceptions in its Content-Security-Policy: {policy}")

    # What is asked of a page that stands still.

    def weigh(self):
        """Notes a page that weighs too much; what the browser had kept counts as well."""
        weight = self._page.evaluate(
            """() => [...performance.getEntriesByType('navigation'),
                      ...performance.getEntriesByType('resource')]
                     .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
        )
        if weight >= MAXIMUM_BYTES:
            self._note(f"weighs {weight:,} bytes; expected less than {MAXIMUM_BYTES:,}")

    def judge(self, appearance):
        """Notes what keeps people from reading or using the page as it looks now."""
        if not self._page.evaluate("() => 'axe' in window"):
            self._page.evaluate(AXE_SCRIPT)
        found = self._page.evaluate(
            "options => axe.run(document, options).then(results => results.violations)", AXE
        )
        for violation in found:
            for node in violation["nodes"]:
                where = " ".join(map(str, node["target"]))
                why = " ".join(node["failureSummary"].split())
                self._note(f"axe, {appearance}: {violation['id']} at {where}: {why}")

    def measure(self, appearance):
        """Notes a page that has to be scrolled sideways, and controls that begin beyond its left edge."""
        wide, room, cut = self._page.evaluate(SIZES)
        if wide > room:
            self._note(f"{appearance}: is {wide} px wide in {room} px: it has to be scrolled sideways")
        for words in cut:
            self._note(f"{appearance}: “{words}” is cut off at the left")
