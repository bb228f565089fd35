"""Unit matching: the developed cases with truth, and one large property."""

import collections
import csv
import os
import random
import statistics

from .processes import BenchError
from .report import Cost, at_least, at_most, plain

COLUMNS = "case_id side property building unit floor external_id".split()
BUILDINGS, FLOORS, LINES = 40, 25, "ABCDEFGHIJKLMNOPQRST"


def matching(bench, developed, rows):
    """Adds the rows of unit matching; those with truth only where the developed cases are at hand."""
    if developed:
        with_truth(bench, developed, rows)
    else:
        rows.append(plain("unit matching, developed cases", "not measured: no --matching FOLDER"))
    large(bench, rows)


def match(bench, source):
    target = os.path.join(bench.folder, "proposals.csv")
    finished = bench.lintel.run("match", "--input", source, "--output", target)
    with open(target, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), finished


def with_truth(bench, developed, rows):
    with open(os.path.join(developed, "truth.csv"), encoding="utf-8", newline="") as file:
        truth = {(row["case_id"], row["pms_external_id"]): row["unit_external_id"]
                 for row in csv.DictReader(file)}
    proposals, _ = match(bench, os.path.join(developed, "units.csv"))
    first, certain = {}, collections.Counter()
    bands = collections.defaultdict(lambda: [0, 0])
    for row in proposals:
        key = row["case_id"], row["pms_external_id"]
        if key not in truth:
            raise BenchError(f"a proposal for {key}, which is no PMS unit of the cases")
        is_first = key not in first
        first.setdefault(key, row["unit_external_id"])
        if not row["unit_external_id"]:
            continue
        is_right = row["unit_external_id"] == truth[key]
        if row["auto"] == "1":
            certain[is_right and is_first] += 1
        band = bands[round(float(row["confidence"]), 1)]
        band[0] += 1
        band[1] += is_right
    pairs = [key for key, unit in truth.items() if unit]
    found = sum(first.get(key) == truth[key] for key in pairs)
    bench.say(f"unit matching: {certain[True]} certain and right, {certain[False]} wrong")
    table = ", ".join(f"{band:.1f}: {right} of {count}" for band, (count, right) in sorted(bands.items()))
    cases = len({case for case, _ in truth})
    rows.append(at_most(f"unit matching, {cases} developed cases: wrong certain mappings", 0,
                        certain[False], "wrong", note=f"Candidates that were right, by confidence: {table}."))
    rows.append(at_least("the same: true pairs mapped certain", 90,
                         100 * certain[True] / len(pairs), "%"))
    rows.append(at_least("the same: true pair is the first candidate", 97,
                         100 * found / len(pairs), "%"))


def large(bench, rows):
    source = os.path.join(bench.folder, "large-property.csv")
    count = write_large(source, bench.options.seed)
    start = statistics.median(bench.lintel.run("--version").wall for _ in range(9))
    runs = []
    for _ in range(max(3, bench.options.runs)):
        proposals, finished = match(bench, source)
        if any(row["auto"] == "1" and row["pms_external_id"][1:] != row["unit_external_id"][1:]
               for row in proposals):
            raise BenchError("the large property has a wrong certain mapping")
        runs.append(finished)
    wall = statistics.median(run.wall for run in runs)
    cost = Cost(wall, statistics.median(run.cpu for run in runs), max(run.peak_mb for run in runs))
    rows.append(at_least(
        f"`lintel match` of one property of {count:,} units", 300_000, count / (wall - start), "units/s",
        cost=cost,
        note=f"Median of {len(runs)}; {start * 1000:.0f} ms for starting the process "
             "(`lintel --version`, median of 9) are taken off.",
    ))
    rows.append(at_most("the same, peak memory", 200, cost.lintel_peak_mb, "MB"))


def write_large(path, seed):
    """One property in two styles: 40 buildings, 3 % of the units missing on the access side."""
    chance = random.Random(seed)
    pms, access = [], []
    for building in range(1, BUILDINGS + 1):
        for floor in range(1, FLOORS + 1):
            for line in LINES:
                number = len(pms) + 1
                pms.append(("large", "pms", "LARGE", f"Bldg {building}", f"Apt. {floor:03d}-{line}", "",
                            f"P{number}"))
                if chance.random() > 0.03:
                    access.append(("large", "access", "LARGE", f"Building {building}", f"{floor}{line}",
                                   str(floor), f"U{number}"))
    chance.shuffle(access)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(pms + access)
    return len(pms)
