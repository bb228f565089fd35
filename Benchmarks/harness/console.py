"""Pages of the console and the API under load, and the server at rest."""

import contextlib
import csv
import http.cookiejar
import io
import json
import os
import re
import select
import socket
import threading
import time
import urllib.parse
import urllib.request

from .processes import BenchError, peak_mb
from .programs import CONNECTION, TIME_ZONE
from .report import at_least, at_most

CONNECTIONS = 32
REQUESTS = 40
EMAIL = "bench@example.com"
PASSWORD = "four words of nobody's own"


class Server:
    """`lintel serve` until the block ends."""

    def __init__(self, bench, database):
        self.lintel = bench.lintel
        self.process = bench.lintel.start("serve", "--listen", "127.0.0.1:0", "--database", database)
        self.port = int(self.wait().rpartition(":")[2])

    def wait(self):
        """The address in the line that is printed once it answers."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with open(self.process.base + ".err", encoding="utf-8") as file:
                found = re.search(r"listens on (\S+)\n", file.read())
            if found:
                return found[1]
            if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                break
            time.sleep(0.02)
        raise BenchError("the server did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lintel.processes.signal(self.process, 9)
        self.lintel.processes.finish(self.process)

    def megabytes(self):
        """What it has of memory now."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1000


def signed_in(port):
    """The cookies of somebody who has signed in."""
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    base = f"http://127.0.0.1:{port}"
    page = browser.open(base + "/sign-in").read().decode()
    token = re.search(r'name="csrf" value="([^"]*)"', page)[1]
    form = {"csrf": token, "email": EMAIL, "password": PASSWORD}
    browser.open(base + "/sign-in", urllib.parse.urlencode(form).encode())
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)


def visit(port, request, times, failures):
    """Asks for one page again and again over one connection."""
    try:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(REQUESTS):
                started = time.perf_counter()
                connection.sendall(request)
                answer = b""
                while (end := answer.find(b"\r\n\r\n")) < 0:
                    answer += connection.recv(1 << 16)
                length = int(re.search(rb"(?i)content-length: (\d+)", answer)[1])
                left = length - (len(answer) - end - 4)
                while left > 0:
                    left -= len(connection.recv(1 << 18))
                times.append(time.perf_counter() - started)
                if b" 200 " not in answer[:20]:
                    failures.append(answer[:60])
    except OSError as error:
        failures.append(str(error))


def load(port, path, cookies):
    """The times of all requests, sorted, and how long they took together."""
    request = f"GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookies}\r\n\r\n".encode()
    times, failures = [], []
    visitors = [
        threading.Thread(target=visit, args=(port, request, times, failures)) for _ in range(CONNECTIONS)
    ]
    started = time.perf_counter()
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    if failures:
        raise BenchError(f"{path}: {failures[0]}")
    return sorted(times), time.perf_counter() - started


def make_token(port, cookies):
    """A token for the API, made on its page."""
    base, headers = f"http://127.0.0.1:{port}/tokens", {"Cookie": cookies}
    page = urllib.request.urlopen(urllib.request.Request(base, headers=headers)).read().decode()
    csrf = re.search(r'name="csrf" value="([^"]*)"', page)[1]
    form = {"csrf": csrf, "name": "Bench", "role": "viewer", "days": "30"}
    made = urllib.request.Request(base, urllib.parse.urlencode(form).encode(), headers)
    return re.search(r'readonly value="(lintel_[^"]+)"', urllib.request.urlopen(made).read().decode())[1]


def answers_per_second(port, path, token, requests=20_000):
    """How many answers to one GET the server gives over all connections, each of which asks again once it is answered.

    One thread serves them all, so that the client takes little of the machine; every answer has the length of the
    first.
    """
    request = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        first = connection.recv(1 << 16)
    if b" 200 " not in first[:20]:
        raise BenchError(f"{path}: {first[:60]}")
    with contextlib.ExitStack() as stack:
        ready = stack.enter_context(select.epoll())
        waiting = {}
        for _ in range(CONNECTIONS):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ready.register(connection, select.EPOLLIN)
            waiting[connection.fileno()] = [connection, len(first)]
        started = time.perf_counter()
        for connection, _ in waiting.values():
            connection.sendall(request)
        answered = 0
        while answered < requests:
            for number, _ in ready.poll():
                entry = waiting[number]
                got = len(entry[0].recv(1 << 16))
                entry[1] -= got
                if not got or entry[1] < 0:
                    raise BenchError(f"{path}: another answer than the first")
                if entry[1] == 0:
                    answered += 1
                    entry[1] = len(first)
                    entry[0].sendall(request)
        return answered / (time.perf_counter() - started)


def unit_against_constant(server, place, cookies, rows):
    """The row of `GET /v1/units/{id}` beside `/health`, which answers two letters."""
    token = make_token(server.port, cookies)
    listed = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/v1/properties/{place}/units?limit=1",
        headers={"Authorization": f"Bearer {token}"},
    )
    unit = json.load(urllib.request.urlopen(listed))["data"][0]["unit"]["id"]
    pairs = [
        [answers_per_second(server.port, path, token) for path in (f"/v1/units/{unit}", "/health")]
        for _ in range(5)
    ]
    shares = sorted(100 * own / constant for own, constant in pairs)
    own, constant = (sorted(column)[2] for column in zip(*pairs))
    rows.append(
        at_least(
            "GET /v1/units/{id}, of what a constant string does", 25, shares[2], "%",
            note=f"API: the median of five pairs of runs, one after the other, {CONNECTIONS} connections with one request "
            f"under way on each: {own:.0f} units/s beside {constant:.0f} constant strings/s (`/health`).",
            samples={"percent": [round(share, 1) for share in shares]},
        )
    )


def console(bench, simulator, rows):
    """The rows of one large property, whose units are there and not mapped: a page, and the API."""
    store, lintel, name = bench.sqlite, bench.lintel, "console"
    store.create(name)
    database = store.url(name)
    bench.say("setting up one large property for the console")
    lintel.connect(database, simulator.url)
    lintel.run("property", "add", "Bench", "--time-zone", TIME_ZONE, "--database", database)
    lintel.run("property", "attach", "Bench", "--connection", CONNECTION, "--pms-property", "100001",
               "--database", database)
    listed = lintel.run("mapping", "export", "--property", "Bench", "--database", database).output
    units = os.path.join(bench.folder, "units.csv")
    with open(units, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "building"])
        for row in csv.DictReader(io.StringIO(listed)):
            writer.writerow([row["pms_unit"], row["pms_building"]])
    lintel.run("units", "import", units, "--property", "Bench", "--database", database)
    lintel.run("settings", "set", "user-sync", "on", "--property", "Bench", "--database", database)
    lintel.sync(database)
    password = os.path.join(bench.folder, "password")
    with open(password, "w", encoding="utf-8") as file:
        file.write(PASSWORD)
    lintel.run("staff", "add", EMAIL, "--role", "portfolio-manager", "--password-file", password,
               "--database", database)
    found = lintel.run("property", "list", "--format", "csv", "--database", database).output
    place = found.splitlines()[1].split(",")[0]
    path = f"/properties/{place}/integrations/unit-mapping"
    with Server(bench, database) as server:
        cookies = signed_in(server.port)
        load(server.port, path, cookies)
        times, seconds = load(server.port, path, cookies)
        searched, _ = load(server.port, path + "?search=101", cookies)
        peak = peak_mb(server.process.pid)
        unit_against_constant(server, place, cookies, rows)
    store.drop(name)
    p99 = times[int(len(times) * 0.99)] * 1000
    rows.append(
        at_most(
            f"Unit Mapping page of {simulator.size.units:,} PMS units, {CONNECTIONS} connections, p99",
            100, p99, "ms",
            note=f"Console: {len(times)} requests for the first page over {CONNECTIONS} connections from "
            f"the same machine, after as many that are not counted: {len(times) / seconds:.0f} pages/s, "
            f"median {times[len(times) // 2] * 1000:.1f} ms. With a search the p99 is "
            f"{searched[int(len(searched) * 0.99)] * 1000:.0f} ms. The server's peak was {peak:.0f} MB.",
            samples={"milliseconds": [round(time * 1000, 2) for time in times]},
        )
    )


def idle(bench, name, residents, rows):
    """The row of a server that has nothing to do, over a large directory."""
    with Server(bench, bench.sqlite.url(name)) as server:
        last, now = 0.0, server.megabytes()
        while abs(now - last) > 0.5:
            time.sleep(6)
            last, now = now, server.megabytes()
        peak = peak_mb(server.process.pid)
    rows.append(
        at_most(
            f"memory of an idle server with {residents:,} residents stored", 150, now, "MB",
            note=f"Idle: resident memory once it changes no more, some seconds after the start; its peak was "
            f"{peak:.0f} MB.",
        )
    )
