"""What the numbers were measured on."""

import ctypes
import os
import platform
import re
import shutil
import sqlite3
import subprocess


def first_match(path, pattern):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            found = re.search(pattern, file.read(), re.MULTILINE)
    except OSError:
        return None
    return found.group(1).strip() if found else None


def answer(*arguments):
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def sqlite_of(program):
    """The SQLite that a program is linked to, where that is a shared library."""
    found = re.search(r"libsqlite3\S* => (\S+)", answer("ldd", program))
    if not found:
        return "linked in"
    library = ctypes.CDLL(found.group(1))
    library.sqlite3_libversion.restype = ctypes.c_char_p
    return library.sqlite3_libversion().decode()


def describe(program, postgres):
    """Name and value of everything that a reader needs to compare the numbers with others."""
    processor = first_match("/proc/cpuinfo", r"^model name\s*:\s*(.+)$") or platform.machine()
    memory = int(first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)") or 0) * 1024 / 2**30
    system = first_match("/etc/os-release", r'^PRETTY_NAME="?([^"\n]+)') or platform.system()
    swift = re.search(r"Swift version (\S+)", answer("swift", "--version")) if shutil.which("swift") else None
    facts = {
        "processor": processor,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory, 1),
        "system": f"{system}, Linux {platform.release()}",
        "swift": swift.group(1) if swift else "not on the PATH",
        "sqlite": sqlite_of(program),
        "python": f"{platform.python_version()} with SQLite {sqlite3.sqlite_version}",
        "load_before": round(os.getloadavg()[0], 2),
    }
    if postgres:
        settings = ("server_version", "fsync", "synchronous_commit", "full_page_writes")
        for name in settings:
            facts["postgres_" + name.replace("server_", "")] = postgres.query(f"show {name}")[0][0]
    return facts


def sentence(facts):
    lines = [
        f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gib']} GiB, "
        f"{facts['system']}; Swift {facts['swift']}; SQLite {facts['sqlite']}; "
        f"Python {facts['python']}; load {facts['load_before']} before the bench."
    ]
    if "postgres_version" in facts:
        lines.append(
            f"PostgreSQL {facts['postgres_version']} with fsync {facts['postgres_fsync']}, "
            f"synchronous_commit {facts['postgres_synchronous_commit']}, "
            f"full_page_writes {facts['postgres_full_page_writes']}."
        )
    return " ".join(lines)
