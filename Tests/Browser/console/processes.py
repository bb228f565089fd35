"""Programs that the tests start, and that none outlives them."""

import os
import re
import subprocess
import threading


class ProgramError(Exception):
    """A program that failed, or did not say in time what it was waited for to say."""


class Program:
    """A program that runs beside the test until it is stopped; its lines are kept as they come."""

    def __init__(self, arguments, environment, name):
        self.name = name
        self._lines = []
        self._changed = threading.Condition()
        self._process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._is_open = True
        self._reader.start()

    def _read(self):
        for line in self._process.stdout:
            with self._changed:
                self._lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def _found(self, pattern):
        return next((match for line in self._lines if (match := pattern.search(line))), None)

    def wait_for(self, pattern, seconds=60):
        """The match of the first line, printed or still to come, that a pattern is found in."""
        pattern = re.compile(pattern)
        with self._changed:
            self._changed.wait_for(lambda: self._found(pattern) or not self._is_open, seconds)
            match = self._found(pattern)
            if match:
                return match
            ended = "" if self._is_open else " and ended"
            said = "\n".join(self._lines[-40:]) or "nothing"
        self.stop()
        raise ProgramError(
            f"{self.name} did not print /{pattern.pattern}/ within {seconds} s{ended}; it said:\n{said}"
        )

    @property
    def lines(self):
        """What it has printed so far."""
        with self._changed:
            return list(self._lines)

    def stop(self):
        """Asks it to end, kills it where it does not, and returns its exit code (negative: a signal)."""
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        return self._process.returncode


def run(arguments, environment=None, seconds=120, status=0):
    """What a program prints that must end well, or with another status."""
    try:
        finished = subprocess.run(
            arguments,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise ProgramError(f"{' '.join(arguments)} took longer than {seconds} s") from late
    if finished.returncode != status:
        words = (finished.stderr.strip() or finished.stdout.strip())[-2000:]
        name = " ".join([os.path.basename(arguments[0]), *arguments[1:]])
        raise ProgramError(f"{name} exited {finished.returncode}: {words}")
    return finished.stdout
