"""Databases made for one server each, and thrown away."""

import os
from urllib.parse import urlsplit

from .processes import run


class SQLite:
    """A file in the folder of the test."""

    name = "sqlite"

    def create(self, folder):
        return f"sqlite:{folder}/lintel.db"

    def drop(self, url):
        """Nothing: the file goes with its folder."""


class PostgreSQL:
    """Databases of the cluster whose URL scripts/with-postgres states."""

    name = "postgresql"

    def __init__(self):
        self._cluster = os.environ.get("LINTEL_TEST_POSTGRES", "")
        self._count = 0

    def create(self, folder):
        if not self._cluster:
            raise LookupError(
                "LINTEL_TEST_POSTGRES names no cluster: run the tests with scripts/run-browser-tests"
            )
        self._count += 1
        name = f"lintel_browser_{os.getpid()}_{self._count}"
        self._query(f"create database {name}")
        return urlsplit(self._cluster)._replace(path="/" + name).geturl()

    def drop(self, url):
        self._query(f"drop database if exists {urlsplit(url).path[1:]} with (force)")

    def _query(self, query):
        run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self._cluster, "-c", query])


ENGINES = (SQLite, PostgreSQL)
