"""Decoding: how fast each connector turns its PMS's answers into units and residencies."""

import json

from .processes import BenchError
from .report import Cost, at_least, at_most

# Residents a second and core: JSON, and the formats that are read as a stream.
TARGETS = {
    "entrata": 60_000, "yardi": 60_000, "realpage": 60_000, "resman": 60_000,
    "mri": 40_000, "appfolio": 40_000, "buildium": 40_000, "rentmanager": 40_000,
}
# Whole-property answers: their bytes stand in memory while they are read.
WHOLE = {"yardi", "realpage", "resman"}


def decoding(bench, sizes, rows):
    """Adds the rows of each vendor, for a small property and a large one."""
    small, large = sizes
    for vendor, target in TARGETS.items():
        with bench.serving(small, vendor) as simulator:
            _, before = measure(bench, vendor, simulator)
        with bench.serving(large, vendor) as simulator:
            runs = [measure(bench, vendor, simulator) for _ in range(max(3, bench.options.runs))]
        measured, finished = min(runs, key=lambda run: run[0]["seconds"])
        cost = Cost(finished.wall, finished.cpu, finished.peak_mb)
        rows.append(at_least(
            f"decoding {vendor}: {measured['residencies']:,} residents of one property", target,
            measured["residencies"] / measured["seconds"], "residents/s", cost=cost,
            note=f"Best of {len(runs)}; processor time of one core, fetching left out.",
        ))
        body = measured["bytes"] / 1e6 if vendor in WHOLE else 0
        rows.append(at_most(
            f"the same, memory above that of {small.residents:,} residents", 60 + body,
            finished.peak_mb - before.peak_mb, "MB",
            note=f"The answer itself is {body:.0f} MB." if body else "",
        ))


def measure(bench, vendor, simulator):
    finished = bench.lintel.run("measure-decoding", "--vendor", vendor, "--url", simulator.url)
    measured = json.loads(finished.output)
    if measured["residencies"] < simulator.size.residents:
        raise BenchError(f"{vendor}: {measured['residencies']} residents were decoded")
    return measured, finished
