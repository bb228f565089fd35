"""The program under test, as somebody with a shell has it."""

import json
import os

from .processes import Program, run


class Lintel:
    """The program with a folder and a database of its own."""

    def __init__(self, path, folder, database):
        self.path = path
        self.folder = folder
        self.database = database
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("LINTEL_")
        }
        self._environment["HOME"] = str(folder)
        self._environment["XDG_DATA_HOME"] = str(folder / "data")
        self._environment["LINTEL_KEY_FILE"] = str(folder / "credentials.key")

    def run(self, *arguments, status=0):
        """What a command prints that must end well, or with another status."""
        command = [self.path, *arguments, "--database", self.database]
        return run(command, self._environment, status=status)

    def read(self, *arguments):
        """What a command lists, as values."""
        return json.loads(self.run(*arguments, "--format", "json"))

    def serve(self):
        """A server on a free port that answers already."""
        return Server(
            [self.path, "serve", "--listen", "127.0.0.1:0", "--database", self.database],
            self._environment,
        )

    def simulate(self, *arguments):
        """A simulated PMS on a free port that answers already."""
        return Simulator(
            [self.path, "simulate", "--listen", "127.0.0.1:0", *arguments], self._environment
        )

    def secret(self, text):
        """A file with a secret, which commands take no other way; the path."""
        path = self.folder / "secret"
        path.write_text(text + "\n", encoding="utf-8")
        path.chmod(0o600)
        return str(path)


class Server(Program):
    """`lintel serve`."""

    def __init__(self, arguments, environment):
        super().__init__(arguments, environment, "lintel serve")
        self.url = self.wait_for(r"lintel listens on (http://\S+)").group(1)


class Simulator(Program):
    """`lintel simulate`."""

    def __init__(self, arguments, environment):
        super().__init__(arguments, environment, "lintel simulate")
        self.url = self.wait_for(r"(http://\S+?)\.?$").group(1)
