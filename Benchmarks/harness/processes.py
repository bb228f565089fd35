"""Programs that the bench starts: what they cost, and that none outlives it."""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass


class BenchError(Exception):
    """A measurement that could not be made, or a result that is wrong."""


@dataclass
class Finished:
    """A program that ended: its exit code (negative: the signal), and what the kernel counted."""

    code: int
    wall: float
    cpu: float
    peak_mb: float
    output: str
    errors: str
    ended_at: float


class Processes:
    """Starts programs and ends those that are left."""

    def __init__(self, folder):
        self.folder = folder
        # A signal may arrive while the main thread holds it, and its handler takes it too.
        self.lock = threading.RLock()
        self.living = {}
        self.count = 0
        self.closed = False

    def start(self, arguments, environment=None):
        """Starts a program whose output goes to files; `finish` must follow."""
        with self.lock:
            if self.closed:
                raise BenchError("the bench is ending")
            self.count += 1
            base = os.path.join(self.folder, f"process-{self.count}")
            with open(base + ".out", "wb") as output, open(base + ".err", "wb") as errors:
                process = subprocess.Popen(
                    arguments,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=errors,
                    env=environment,
                    start_new_session=True,
                )
            process.base = base
            process.started_at = time.monotonic()
            self.living[process.pid] = process
        return process

    def finish(self, process, timeout=3600):
        """Waits for a program; one that takes longer than the seconds allowed is killed."""
        overdue = threading.Timer(timeout, self.signal, (process, signal.SIGKILL))
        overdue.daemon = True
        overdue.start()
        try:
            # The program is left as a zombie until it is deregistered, so that its id stays its own.
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            ended_at = time.monotonic()
            with self.lock:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                self.living.pop(process.pid, None)
        finally:
            overdue.cancel()
        texts = []
        for end in (".out", ".err"):
            with open(process.base + end, encoding="utf-8", errors="replace") as file:
                texts.append(file.read())
            os.unlink(process.base + end)
        return Finished(
            code=process.returncode,
            wall=ended_at - process.started_at,
            cpu=usage.ru_utime + usage.ru_stime,
            peak_mb=usage.ru_maxrss * 1024 / 1e6,
            output=texts[0],
            errors=texts[1],
            ended_at=ended_at,
        )

    def run(self, arguments, environment=None, timeout=3600):
        return self.finish(self.start(arguments, environment), timeout)

    def signal(self, process, number):
        """Signals a program that has not been waited for."""
        with self.lock:
            if process.pid in self.living:
                os.kill(process.pid, number)

    def close(self):
        """Kills what is left and lets nothing start any more."""
        with self.lock:
            self.closed = True
            for process in self.living.values():
                try:
                    os.kill(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass


def cpu_seconds(pid):
    """What a running program has used so far, user and system."""
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid):
    """The most memory a running program has had in use so far."""
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
