"""The preview of one large property: how long after the PMS has answered."""

import http.client
import json
import socket
import statistics
import threading
import time

from .processes import BenchError
from .programs import ORGANIZATION
from .report import Cost, at_most
from .speed import imported

PER_PAGE = 500


class Relay:
    """Passes bytes on to the simulator and remembers when the last of an answer went by."""

    def __init__(self, port):
        self.target = port
        self.last = 0.0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.pump, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self.pump, args=(far, near, True), daemon=True).start()

    def pump(self, source, target, is_answer):
        try:
            while data := source.recv(1 << 20):
                target.sendall(data)
                if is_answer:
                    self.last = time.monotonic()
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def fetch(port, property_id):
    """Fetches the pages a sync asks for, one after the other, and reads nothing of them."""
    started = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json", "X-Api-Key": "any"}
    size = 0
    for service, method, version, params in (
        ("propertyunits", "getPropertyUnits", "r1", {"propertyIds": property_id}),
        ("leases", "getLeases", "r2", {"propertyId": property_id}),
    ):
        page, total = 1, 1
        while (page - 1) * PER_PAGE < total:
            body = json.dumps(
                {"auth": {"type": "apikey"}, "requestId": "1",
                 "method": {"name": method, "version": version, "params": params}}
            )
            connection.request(
                "POST",
                f"/ext/orgs/{ORGANIZATION}/v1/{service}?page_no={page}&per_page={PER_PAGE}",
                body, headers,
            )
            answer = connection.getresponse()
            size += len(answer.read())
            total = int(answer.headers["X-Total-Count"])
            page += 1
    connection.close()
    return time.monotonic() - started, size


def preview_of(bench, database, form):
    return bench.lintel.run("sync", "--all", "--preview", "--format", form, "--database", database)


def preview(bench, simulator, rows):
    """The row of the preview, by the less favourable of two ways to leave the fetch out."""
    store, size = bench.sqlite, simulator.size
    bench.say("importing one large property")
    imported(bench, store, "preview", simulator)
    walls, costs, fetches, afters, shown = [], [], [], [], []
    with Relay(simulator.port) as relay:
        store.create("preview-relayed")
        bench.lintel.connect(store.url("preview-relayed"), relay.url)
        bench.lintel.import_portfolio(store.url("preview-relayed"))
        for index in range(bench.options.runs):
            bench.say(f"preview {index + 1} of {bench.options.runs}")
            store.settle()
            before = simulator.cpu()
            finished = preview_of(bench, store.url("preview"), "json")
            run = json.loads(finished.output)["runs"][0]
            if run["outcome"] != "previewed" or run["residents"] != size.residents:
                raise BenchError(f"the preview ended as {run['outcome']} of {run['residents']}")
            walls.append(finished.wall)
            costs.append(
                Cost(finished.wall, finished.cpu, finished.peak_mb, simulator.cpu() - before)
            )
            seconds, sent = fetch(simulator.port, "100001")
            fetches.append(seconds)
            shown.append(preview_of(bench, store.url("preview"), "table").wall)
            relayed = preview_of(bench, store.url("preview-relayed"), "json")
            afters.append(relayed.ended_at - relay.last)
    store.drop("preview")
    store.drop("preview-relayed")
    wall, fetched = statistics.median(walls), statistics.median(fetches)
    after = statistics.median(afters)
    rows.append(
        at_most(
            f"preview of {size}, after fetch", 1.5, max(wall - fetched, after), "s",
            cost=sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2],
            note=f"Preview: the larger of two figures, medians of {len(walls)}. The whole process took "
            f"{wall:.2f} s, which is an upper bound; fetching the same {sent / 1e6:.1f} MB and not reading "
            f"them takes {fetched:.2f} s, which leaves {wall - fetched:.2f} s. From the last byte of the "
            f"last answer, seen by a relay in between, to the end of the process it was {after:.2f} s: "
            f"pages are decoded while others are fetched. Printing the plan as well, as people see it, "
            f"the process took {statistics.median(shown):.2f} s.",
            samples={"wall": walls, "fetch": fetches, "after_last_byte": afters, "table_wall": shown},
        )
    )
