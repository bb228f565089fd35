"""Databases made, copied, read and removed for one measurement each."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import time
from urllib.parse import urlsplit

from .processes import BenchError

TABLES_THAT_A_RUN_WRITES = ("runs",)


class SQLite:
    """Files in the folder of the bench."""

    name = "SQLite"

    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name + ".db")

    def url(self, name):
        return "sqlite:" + self.path(name)

    def create(self, name):
        """Nothing: the program makes the file."""

    def copy(self, source, name):
        for end in ("", "-wal"):
            if os.path.exists(self.path(source) + end):
                shutil.copyfile(self.path(source) + end, self.path(name) + end)
        os.chmod(self.path(name), 0o600)

    def drop(self, name):
        for end in ("", "-wal", "-shm"):
            try:
                os.unlink(self.path(name) + end)
            except FileNotFoundError:
                pass

    def settle(self):
        """Writes out what is pending, so that one measurement does not pay for another."""
        os.sync()

    def megabytes(self, name):
        return os.path.getsize(self.path(name)) / 1e6

    def wait_until_left(self, name):
        """Nothing: a dead process holds no lock."""

    def rows(self, name, queries):
        """What each query answers, read from a copy so that recovery is left to the program."""
        copy = name + "-looked-at"
        self.copy(name, copy)
        try:
            connection = sqlite3.connect(self.path(copy))
            try:
                return [connection.execute(query).fetchall() for query in queries]
            finally:
                connection.close()
        finally:
            self.drop(copy)

    def tables(self, connection):
        found = connection.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by 1"
        )
        return [table for (table,) in found if table not in TABLES_THAT_A_RUN_WRITES]

    def content_hash(self, name):
        """A hash over every row, and its place, of every table but the runs."""
        connection = sqlite3.connect(self.path(name))
        digest = hashlib.sha256()
        for table in self.tables(connection):
            digest.update(table.encode())
            for row in connection.execute(f'select * from "{table}"'):
                digest.update(repr(row).encode())
        connection.close()
        return digest.hexdigest()

    def count_writes(self, name):
        """Adds triggers that count every row written to any table but the runs."""
        connection = sqlite3.connect(self.path(name))
        tables = self.tables(connection)
        connection.execute("create table bench_writes (what text not null)")
        for table in tables:
            for verb in ("insert", "update", "delete"):
                connection.execute(
                    f'create trigger "bench_{verb}_{table}" after {verb} on "{table}" '
                    f"begin insert into bench_writes values ('{verb} {table}'); end"
                )
        connection.commit()
        connection.close()


class PostgreSQL:
    """Databases of a cluster whose role may create them."""

    name = "PostgreSQL"

    def __init__(self, cluster):
        self.cluster = cluster
        self.made = set()

    def url(self, name):
        return urlsplit(self.cluster)._replace(path="/" + self.database(name)).geturl()

    def database(self, name):
        return f"lintel_bench_{os.getpid()}_" + name.replace("-", "_")

    def query(self, query, url=None):
        """Rows as lists of texts."""
        arguments = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        answer = subprocess.run(
            arguments + ["-d", url or self.cluster, "-c", query],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            raise BenchError("psql: " + answer.stderr.strip())
        return [tuple(line.split("\t")) for line in answer.stdout.splitlines()]

    def create(self, name):
        self.query(f"create database {self.database(name)}")
        self.made.add(name)

    def copy(self, source, name):
        self.wait_until_left(source)
        self.query(f"create database {self.database(name)} template {self.database(source)}")
        self.made.add(name)

    def drop(self, name):
        self.query(f"drop database if exists {self.database(name)} with (force)")
        self.made.discard(name)

    def close(self):
        for name in list(self.made):
            try:
                self.drop(name)
            except BenchError:
                pass

    def settle(self):
        self.query("checkpoint")
        os.sync()

    def megabytes(self, name):
        return int(self.query(f"select pg_database_size('{self.database(name)}')")[0][0]) / 1e6

    def wait_until_left(self, name):
        """Waits until the server has noticed that nobody is connected any more."""
        for _ in range(600):
            found = self.query(
                f"select count(*) from pg_stat_activity where datname = '{self.database(name)}'"
            )
            if found[0][0] == "0":
                return
            time.sleep(0.05)
        raise BenchError(f"connections to {self.database(name)} stayed open for 30 s")

    def rows(self, name, queries):
        return [
            [tuple(int(value) if value.isdigit() else value for value in row) for row in found]
            for found in (self.query(query, self.url(name)) for query in queries)
        ]
