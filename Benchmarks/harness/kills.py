"""Syncs killed at random moments, and what the next one makes of it."""

import hashlib
import json
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from .processes import BenchError
from .report import Row, at_most
from .speed import expect_residents, imported

# The next sync mostly waits for the lease of the dead one to run out: several do so side by side.
SIDE_BY_SIDE = 6

# What belongs to one plan, counted by property.
COUNTS = {
    "open assignments": "select property_id, count(*) from assignments where state <> 'ended' group by 1",
    "all assignments": "select property_id, count(*) from assignments group by 1",
    "residencies": "select t.property_id, count(*) from residencies r "
    "join attachments t on t.id = r.attachment_id group by 1",
    "links": "select t.property_id, count(distinct l.resident_id) from residencies r "
    "join attachments t on t.id = r.attachment_id "
    "join resident_links l on l.connection_id = t.connection_id and l.resident_id = r.resident_id "
    "group by 1",
    "changes": "select property_id, count(*) from changes group by 1",
    "applied runs": "select property_id, count(*) from runs where outcome = 'applied' group by 1",
}
TOTALS = (
    "select (select count(*) from people), (select count(*) from resident_links), "
    "(select count(*) from alerts), 0"
)


class State:
    """What a database holds of each property, and of all of them together."""

    def __init__(self, store, name):
        *counts, properties, totals = store.rows(
            name, [*COUNTS.values(), "select id, 0 from properties", TOTALS]
        )
        counts = [dict(rows) for rows in counts]
        self.of = {key: tuple(c.get(key, 0) for c in counts) for key, _ in properties}
        self.totals = totals[0]


class Kills:
    """The cycles over one database."""

    def __init__(self, bench, store, simulator):
        self.bench, self.store, self.simulator = bench, store, simulator
        self.problems = []
        self.delays = []
        self.announced = 0
        self.too_late = self.torn = self.looked_at = self.differing = 0
        self.moments = {"nothing": 0, "some": 0, "everything": 0}

    def prepare(self):
        """Imports once, and syncs a copy undisturbed to know what is right."""
        store = self.store
        imported(self.bench, store, "kill-imported", self.simulator)
        self.before = State(store, "kill-imported")
        store.copy("kill-imported", "kill-reference")
        finished, result = self.bench.lintel.sync(store.url("kill-reference"))
        expect_residents(result, self.simulator)
        self.undisturbed = finished.wall
        # Shortened where a sync turns out to be faster, so that kills strike before its end.
        self.span = finished.wall
        self.after = State(store, "kill-reference")
        self.directory = self.directory_of("kill-reference")
        unlike = [key for key in self.after.of if self.after.of[key][0] == self.before.of[key][0]]
        if unlike:
            raise BenchError(f"the undisturbed sync assigned nobody in {len(unlike)} properties")
        store.drop("kill-reference")

    def directory_of(self, name):
        lines = self.bench.lintel.people(self.store.url(name))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def run(self, kills):
        """Kills until so many syncs were hit before their end."""
        moments = random.Random(f"{self.bench.options.seed} {self.store.name}")
        attempts = 0
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            recoveries = []
            while len(recoveries) < kills and attempts < 10 * kills:
                attempts += 1
                while sum(not recovery.done() for recovery in recoveries) >= SIDE_BY_SIDE:
                    time.sleep(0.02)
                name = f"kill-{attempts}"
                if self.kill(name, moments.random() * self.span):
                    recoveries.append(pool.submit(self.recover, name))
                    if len(recoveries) % 10 == 0:
                        self.bench.say(f"{len(recoveries)} of {kills} kills on {self.store.name}")
                else:
                    self.too_late += 1
                    self.store.drop(name)
            for recovery in recoveries:
                recovery.result()
        self.store.drop("kill-imported")
        self.kills = len(recoveries)
        if self.kills < kills:
            self.problems.append(f"only {self.kills} of {kills} kills hit a running sync")

    def kill(self, name, moment):
        """Kills one sync; looks at what it left. Returns whether it was still running."""
        lintel, store = self.bench.lintel, self.store
        store.copy("kill-imported", name)
        process = lintel.start("sync", "--all", "--format", "json", "--database", store.url(name))
        time.sleep(moment)
        lintel.processes.signal(process, signal.SIGKILL)
        finished = lintel.processes.finish(process)
        if finished.code != -signal.SIGKILL:
            lintel.checked(("sync", "--all"), finished)
            self.span = min(self.span, finished.wall)
            return False
        store.wait_until_left(name)
        state = State(store, name)
        done = []
        for key, counts in state.of.items():
            self.looked_at += 1
            if counts == self.after.of[key]:
                done.append(key)
            elif counts != self.before.of[key]:
                self.torn += 1
                self.problems.append(
                    f"{name}, property {key}: {dict(zip(COUNTS, counts))} is neither "
                    f"{self.before.of[key]} nor {self.after.of[key]}"
                )
        # Nobody was created or linked outside the plans that were applied.
        links = sum(self.after.of[key][list(COUNTS).index("links")] for key in done)
        if state.totals[:2] != (links, links):
            self.problems.append(
                f"{name}: {state.totals[0]} people and {state.totals[1]} links, expected {links}"
            )
        kind = "nothing" if not done else "everything" if len(done) == len(state.of) else "some"
        self.moments[kind] += 1
        return True

    def recover(self, name):
        """Syncs again after a kill, compares the directory, and removes the database."""
        try:
            self.compare(name)
            self.store.drop(name)
        except BenchError as error:
            self.problems.append(f"{name}: {error}")
            self.differing += 1

    def compare(self, name):
        finished = self.bench.lintel.run(
            "sync", "--all", "--format", "json", "--database", self.store.url(name), timeout=300
        )
        result = json.loads(finished.output)
        self.delays.append(finished.wall - self.undisturbed)
        self.announced += "waiting for another sync" in finished.errors
        outcomes = {run["outcome"] for run in result["runs"]}
        if not outcomes <= {"applied", "unchanged"}:
            raise BenchError(f"the next sync ended as {sorted(outcomes)}")
        expect_residents(result, self.simulator)
        state = State(self.store, name)
        if state.of != self.after.of or state.totals != self.after.totals:
            raise BenchError("the counts after the next sync differ from an undisturbed one's")
        if self.directory_of(name) != self.directory:
            raise BenchError("the directory after the next sync differs from an undisturbed one")


def kills(bench, simulator, rows):
    """Rows of the kills on both databases."""
    directories = set()
    for store in (bench.sqlite, bench.postgres):
        cycles = Kills(bench, store, simulator)
        bench.say(f"preparing the kills on {store.name}")
        cycles.prepare()
        directories.add(cycles.directory)
        cycles.run(bench.options.kills)
        if cycles.problems:
            bench.failures.append(f"kills on {store.name}: " + "; ".join(cycles.problems[:5]))
        moments = cycles.moments
        note = (
            f"Kills, {store.name}: {simulator.size}; an undisturbed sync takes "
            f"{cycles.undisturbed:.2f} s, each was killed at a random moment of that. Nothing had been "
            f"applied at {moments['nothing']}, some properties at {moments['some']}, every property at "
            f"{moments['everything']}; {cycles.too_late} more came after the sync's end and are not "
            f"counted. {cycles.announced} of the next syncs said that they wait for the dead one's lease. "
            f"Up to {SIDE_BY_SIDE} of them ran at once. "
            + (f"Problems: {'; '.join(cycles.problems[:5])}" if cycles.problems else "No problems.")
        )
        samples = {"delay": [round(delay, 2) for delay in cycles.delays], "problems": cycles.problems}
        rows.append(
            Row(
                f"properties neither before nor after their plan, {cycles.kills} kills, {store.name}",
                "0", f"{cycles.torn} of {cycles.looked_at:,}", None,
                not cycles.problems and cycles.looked_at > 0, note=note, samples=samples,
            )
        )
        rows.append(
            Row(
                f"directories that differ after the next sync, {store.name}",
                "0", f"{cycles.differing} of {cycles.kills}", None,
                cycles.differing == 0 and len(cycles.delays) > 0, note=note,
            )
        )
        if cycles.delays:
            rows.append(
                at_most(
                    f"longest delay of the next sync, {store.name}", 15, max(cycles.delays), "s",
                    note=note,
                )
            )
    same = len(directories) == 1
    rows.append(
        Row(
            "the undisturbed directories of both databases", "the same",
            "the same" if same else "different", None, same,
        )
    )
