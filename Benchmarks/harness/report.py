"""The table that the bench prints."""

from dataclasses import dataclass, field

COLUMNS = (
    "measure", "target", "measured", "measured ÷ target", "verdict",
    "wall", "lintel CPU", "lintel peak", "simulator CPU",
)


@dataclass
class Cost:
    """What one measurement cost, in seconds and megabytes (10⁶ bytes)."""

    wall: float
    lintel_cpu: float
    lintel_peak_mb: float
    simulator_cpu: float | None = None


@dataclass
class Row:
    """One line: what was to be reached and what was."""

    measure: str
    target: str
    measured: str
    ratio: float | None
    passed: bool | None
    cost: Cost | None = None
    note: str = ""
    words: str = ""
    samples: dict = field(default_factory=dict)

    @property
    def verdict(self):
        if self.words:
            return self.words
        if self.passed is None:
            return "no target"
        return "pass" if self.passed else "miss"


def at_least(measure, target, value, unit, **more):
    """A row whose value must not be below the target."""
    return Row(
        measure, f"≥ {number(target)} {unit}", f"{number(value)} {unit}",
        value / target, value >= target, **more,
    )


def at_most(measure, target, value, unit, **more):
    """A row whose value must not be above the target."""
    return Row(
        measure, f"≤ {number(target)} {unit}", f"{number(value)} {unit}",
        value / target if target else None, value <= target, **more,
    )


def plain(measure, measured, **more):
    """A row that has no target and explains others."""
    return Row(measure, "", measured, None, None, **more)


def number(value):
    """Whole numbers from 100 on, else three decimals at most; verdicts come from the unrounded value."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3f}".rstrip("0").rstrip(".")


def markdown(rows):
    """The table, and below it what each row needs to be understood."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    notes = []
    for row in rows:
        mark = ""
        if row.note:
            if row.note not in notes:
                notes.append(row.note)
            mark = f" [{notes.index(row.note) + 1}]"
        cost = row.cost
        cells = [
            row.measure + mark,
            row.target,
            row.measured,
            f"{row.ratio:.2f}" if row.ratio is not None else "",
            row.verdict,
            f"{cost.wall:.2f} s" if cost else "",
            f"{cost.lintel_cpu:.2f} s" if cost else "",
            f"{cost.lintel_peak_mb:.0f} MB" if cost else "",
            f"{cost.simulator_cpu:.2f} s" if cost and cost.simulator_cpu is not None else "",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    if notes:
        lines.append("")
        lines += [f"{index}. {note}" for index, note in enumerate(notes, start=1)]
    return "\n".join(lines)
