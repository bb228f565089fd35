"""The programs that are measured: lintel, its simulator, and the script beside it."""

import http.client
import json
import os
import sys
import time

from .processes import BenchError, cpu_seconds, peak_mb

CONNECTION = "bench"
ORGANIZATION = "bench"
TIME_ZONE = "America/New_York"


class Lintel:
    """The release program, with its files in the folder of the bench."""

    def __init__(self, path, folder, processes):
        self.path = path
        self.processes = processes
        self.key_file = os.path.join(folder, "api-key")
        with open(self.key_file, "w", encoding="ascii") as file:
            file.write("any\n")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("LINTEL_")
        }
        self.environment["HOME"] = folder
        self.environment["XDG_DATA_HOME"] = os.path.join(folder, "data")
        self.environment["LINTEL_KEY_FILE"] = os.path.join(folder, "credentials.key")

    def start(self, *arguments):
        return self.processes.start([self.path, *arguments], self.environment)

    def run(self, *arguments, timeout=3600):
        """Runs a command that must end well."""
        return self.checked(arguments, self.processes.finish(self.start(*arguments), timeout))

    def checked(self, arguments, finished):
        if finished.code != 0:
            words = (finished.errors.strip() or finished.output.strip())[-2000:]
            raise BenchError(f"lintel {' '.join(arguments)} exited {finished.code}: {words}")
        return finished

    def connect(self, database, url):
        self.run(
            "connection", "add", "entrata", CONNECTION, "--url", url,
            "--organization", ORGANIZATION, "--api-key-file", self.key_file,
            "--database", database,
        )

    def import_portfolio(self, database):
        return self.run(
            "property", "import", "--connection", CONNECTION, "--time-zone", TIME_ZONE,
            "--database", database,
        )

    def sync(self, database, timeout=3600):
        """Syncs every property: what it cost, and what it printed."""
        finished = self.run(
            "sync", "--all", "--format", "json", "--database", database, timeout=timeout
        )
        return finished, json.loads(finished.output)

    def people(self, database):
        """The directory as sorted lines without the ids that differ from one to another."""
        listed = self.run("people", "list", "--format", "csv", "--database", database)
        lines = listed.output.splitlines()
        return sorted(line.partition(",")[2] for line in lines[1:])


class Simulator:
    """A portfolio served over HTTP until the block ends."""

    def __init__(self, lintel, size, today, seed, vendor="entrata"):
        self.lintel = lintel
        self.size = size
        self.process = lintel.start(
            "simulate", "--vendor", vendor, "--listen", "127.0.0.1:0",
            "--properties", str(size.properties), "--units", str(size.units),
            "--residents", str(size.residents), "--seed", str(seed), "--today", today,
        )
        self.url = self.wait()
        self.ready_after = time.monotonic() - self.process.started_at
        self.port = int(self.url.rpartition(":")[2])

    def wait(self):
        """The address in the line that is printed once it answers."""
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            with open(self.process.base + ".out", encoding="utf-8") as file:
                line = file.readline()
            if line.endswith("\n"):
                return line.split()[-1]
            if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                break
            time.sleep(0.02)
        self.lintel.processes.signal(self.process, 9)
        ended = self.lintel.processes.finish(self.process)
        raise BenchError(f"the simulator did not start: {ended.errors.strip()[-2000:]}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lintel.processes.signal(self.process, 9)
        self.lintel.processes.finish(self.process)

    def cpu(self):
        return cpu_seconds(self.process.pid)

    def peak_mb(self):
        return peak_mb(self.process.pid)

    def churn(self, percent):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request("POST", "/_simulator/churn", json.dumps({"percent": percent}))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise BenchError(f"the simulator refused {percent} % churn: {body[:500]!r}")


class Baseline:
    """The script that a person would otherwise write."""

    def __init__(self, script, processes):
        self.script = script
        self.processes = processes

    def run(self, url, path):
        finished = self.processes.run(
            [sys.executable, self.script, "--url", url, "--organization", ORGANIZATION,
             "--database", path]
        )
        if finished.code != 0:
            raise BenchError(f"the baseline exited {finished.code}: {finished.errors[-2000:]}")
        words = dict(word.split("=") for word in finished.output.split())
        return finished, int(words["residents"])
