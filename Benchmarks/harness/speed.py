"""Whole syncs: cold, unchanged, changed, a million, into PostgreSQL."""

import sqlite3
import statistics

from .console import idle
from .processes import BenchError
from .report import Cost, Row, at_least, at_most, number, plain


def measured_sync(bench, store, name, simulator, outcomes):
    """One `sync --all` that must bring in everybody and end as expected."""
    store.settle()
    before = simulator.cpu()
    finished, result = bench.lintel.sync(store.url(name))
    cost = Cost(finished.wall, finished.cpu, finished.peak_mb, simulator.cpu() - before)
    found = {run["outcome"] for run in result["runs"]}
    if found != outcomes or len(result["runs"]) != simulator.size.properties:
        raise BenchError(
            f"expected {simulator.size.properties} runs of outcome {sorted(outcomes)}, "
            f"found {len(result['runs'])} of {sorted(found)}"
        )
    return cost, result


def imported(bench, store, name, simulator):
    """A database with the portfolio onboarded and nobody in it yet."""
    store.create(name)
    bench.lintel.connect(store.url(name), simulator.url)
    before = simulator.cpu()
    finished = bench.lintel.import_portfolio(store.url(name))
    return Cost(finished.wall, finished.cpu, finished.peak_mb, simulator.cpu() - before)


def expect_residents(result, simulator):
    if result["residents"] != simulator.size.residents:
        raise BenchError(
            f"expected {simulator.size.residents} residents, the sync read {result['residents']}"
        )


def middle(costs):
    """The run of median wall time; of an even number, the slower of the two in the middle."""
    return sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2]


def samples(costs, results):
    return {
        "wall": [round(cost.wall, 3) for cost in costs],
        "lintel_cpu": [round(cost.lintel_cpu, 3) for cost in costs],
        "lintel_peak_mb": [round(cost.lintel_peak_mb, 1) for cost in costs],
        "stated_residents_per_second": [round(result["residents_per_second"]) for result in results],
    }


def peak_of(costs):
    return max(cost.lintel_peak_mb for cost in costs)


def stated(results):
    rate = statistics.median(result["residents_per_second"] for result in results)
    return f"{number(rate)} residents/s by lintel's own clock, which leaves out starting the process"


def cold(bench, simulator, rows):
    """Rows of the cold sync into SQLite beside the script; leaves `cold` and the rate behind."""
    store, size = bench.sqlite, simulator.size
    bench.say("importing the portfolio")
    onboarding = imported(bench, store, "imported", simulator)
    costs, results, theirs, their_cpu = [], [], [], []
    for index in range(bench.options.runs):
        bench.say(f"cold sync {index + 1} of {bench.options.runs}, and the script")
        store.drop("cold")
        store.copy("imported", "cold")
        cost, result = measured_sync(bench, store, "cold", simulator, {"applied"})
        expect_residents(result, simulator)
        costs.append(cost)
        results.append(result)
        store.drop("flat")
        store.settle()
        finished, residents = bench.baseline.run(simulator.url, store.path("flat"))
        if residents != size.residents:
            raise BenchError(f"the script read {residents} residents of {size.residents}")
        theirs.append(finished.wall)
        their_cpu.append(finished.cpu)
    store.drop("flat")
    bench.cold_rate = size.residents / middle(costs).wall
    what = f"cold sync of {size} from the simulator over HTTP into SQLite"
    rows.append(
        at_least(
            what, 30_000, bench.cold_rate, "residents/s", cost=middle(costs),
            note=f"Cold, SQLite: residents over the wall time of the whole process, median of "
            f"{len(costs)}; {stated(results)}. Peak of all runs {peak_of(costs):.0f} MB; the database "
            f"has {store.megabytes('cold'):.0f} MB.",
            samples=samples(costs, results),
        )
    )
    ours, script = statistics.median(c.wall for c in costs), statistics.median(theirs)
    rows.append(
        at_most(
            "the same, beside the Python script", 2.5, ours / script, "× its time",
            note=f"The script and lintel took turns; medians {script:.2f} s and {ours:.2f} s. The script "
            f"used {statistics.median(their_cpu):.2f} s of CPU. With the import of the portfolio, which "
            f"the script has no need of, lintel would take {(ours + onboarding.wall) / script:.2f} × its time.",
            samples={"script_wall": [round(wall, 3) for wall in theirs], "script_cpu": their_cpu},
        )
    )
    rows.append(
        plain(
            "importing that portfolio first: properties, units, mapping",
            f"{onboarding.wall:.2f} s", cost=onboarding,
        )
    )


def unchanged(bench, simulator, rows):
    """Rows of the sync that finds nothing to do, and the proof that it writes nothing."""
    store = bench.sqlite
    store.drop("unchanged")
    store.copy("cold", "unchanged")
    before = store.content_hash("unchanged")
    costs, results = [], []
    for index in range(bench.options.runs):
        bench.say(f"unchanged sync {index + 1} of {bench.options.runs}")
        cost, result = measured_sync(bench, store, "unchanged", simulator, {"unchanged"})
        expect_residents(result, simulator)
        costs.append(cost)
        results.append(result)
    is_same = store.content_hash("unchanged") == before
    bench.say("counting the rows an unchanged sync writes")
    store.count_writes("unchanged")
    measured_sync(bench, store, "unchanged", simulator, {"unchanged"})
    connection = sqlite3.connect(store.path("unchanged"))
    written = connection.execute("select what, count(*) from bench_writes group by 1").fetchall()
    connection.close()
    store.drop("unchanged")
    rate = simulator.size.residents / middle(costs).wall
    rows.append(
        at_least(
            "the same again, nothing changed", 150_000, rate, "residents/s", cost=middle(costs),
            note=f"Unchanged: median of {len(costs)}; {stated(results)}.",
            samples=samples(costs, results),
        )
    )
    rows.append(rows_written(is_same, written, len(costs)))


def rows_written(is_same, written, runs):
    """The row that says what an unchanged sync wrote, by hash and by trigger."""
    count = sum(times for _, times in written)
    words = ", ".join(f"{times} × {what}" for what, times in written) or "none fired"
    note = (
        f"A hash over every row of every table but `runs` was "
        f"{'the same' if is_same else 'DIFFERENT'} before the first and after the last of the syncs measured ({runs}); in one more, "
        f"triggers counted each insert, update and delete: {words}."
    )
    return Row(
        "rows it wrote, but the runs", "0 rows", f"{count:,} rows", None, is_same and count == 0,
        note=note,
    )


def changed(bench, simulator, rows):
    """The row of the sync after one resident in a hundred changed, in every property."""
    store, costs, results = bench.sqlite, [], []
    simulator.churn(1)
    for index in range(bench.options.runs):
        bench.say(f"sync {index + 1} of {bench.options.runs} with 1 % changed")
        store.drop("changed")
        store.copy("cold", "changed")
        cost, result = measured_sync(bench, store, "changed", simulator, {"applied"})
        costs.append(cost)
        results.append(result)
    store.drop("changed")
    simulator.churn(0)
    total = {
        key: sum(run[key] for run in results[0]["runs"])
        for key in ("created", "updated", "assigned", "ended")
    }
    rate = statistics.median(r["residents"] for r in results) / middle(costs).wall
    words = ", ".join(f"{number(value)} {key}" for key, value in total.items())
    rows.append(
        at_least(
            "1 % changed, in every property", 60_000, rate, "residents/s", cost=middle(costs),
            note=f"1 % changed: all residents read over the wall time, median of {len(costs)}; "
            f"{stated(results)}. Each sync: {words}.",
            samples=samples(costs, results),
        )
    )


def million(bench, simulator, rows):
    """Rows of the largest portfolio: the rate of the smaller one, in bounded memory."""
    store, size = bench.sqlite, simulator.size
    bench.say("importing the largest portfolio")
    onboarding = imported(bench, store, "million", simulator)
    bench.say("syncing the largest portfolio")
    cost, result = measured_sync(bench, store, "million", simulator, {"applied"})
    expect_residents(result, simulator)
    rate = size.residents / cost.wall
    row = at_least(
        f"cold sync of {size} into SQLite", bench.cold_rate, rate, "residents/s", cost=cost,
        note=f"Largest: measured once; {stated([result])}. The ratio is to the cold rate above, to be "
        f"within 0.85 … 1.15. The database has "
        f"{store.megabytes('million'):.0f} MB, the simulator's peak was {simulator.peak_mb():.0f} MB.",
        samples=samples([cost], [result]),
    )
    row.target = f"{number(bench.cold_rate)} residents/s ± 15 %"
    row.passed = 0.85 <= row.ratio <= 1.15
    if row.ratio > 1.15:
        row.words = "miss: faster than that"
    rows.append(row)
    rows.append(
        at_most(
            "the same, peak memory of lintel", 150, cost.lintel_peak_mb, "MB",
            note="The peak is the largest resident set that the kernel saw (`ru_maxrss`), in 10⁶ bytes.",
        )
    )
    rows.append(
        plain("importing that portfolio first", f"{onboarding.wall:.2f} s", cost=onboarding)
    )
    idle(bench, "million", size.residents, rows)
    store.drop("million")


def postgres(bench, simulator, rows):
    """The row of the cold sync into PostgreSQL."""
    store, costs, results = bench.postgres, [], []
    bench.say("importing the portfolio into PostgreSQL")
    onboarding = imported(bench, store, "imported", simulator)
    for index in range(bench.options.runs):
        bench.say(f"cold sync {index + 1} of {bench.options.runs} into PostgreSQL")
        store.drop("cold")
        store.copy("imported", "cold")
        cost, result = measured_sync(bench, store, "cold", simulator, {"applied"})
        expect_residents(result, simulator)
        costs.append(cost)
        results.append(result)
    size = store.megabytes("cold")
    store.drop("cold")
    store.drop("imported")
    rate = simulator.size.residents / middle(costs).wall
    durable = bench.facts.get("postgres_fsync") == "on"
    rows.append(
        at_least(
            f"cold sync of {simulator.size} into PostgreSQL", 15_000, rate, "residents/s",
            cost=middle(costs),
            note=f"PostgreSQL on the same machine, median of {len(costs)}; {stated(results)}. The CPU and "
            f"memory of the server are not in the table. The database has {size:.0f} MB. The server "
            + ("waits for the disk as it does by default." if durable else
               "was told not to wait for the disk (fsync off): a server with its default settings is slower."),
            samples=samples(costs, results),
        )
    )
    rows.append(
        plain(
            "importing that portfolio first, into PostgreSQL",
            f"{onboarding.wall:.2f} s", cost=onboarding,
        )
    )


def forget(bench):
    """Removes what the rows over one portfolio shared."""
    for name in ("imported", "cold"):
        bench.sqlite.drop(name)
