"""A measured figure beside its baseline, and the table that `make bench` prints."""

from dataclasses import astuple, dataclass

HEAD = ("what", "ours", "baseline", "ratio", "bound", "unit", "")


@dataclass(frozen=True)
class Row:
    """One figure. `bound` is what the ratio must keep to, as in ">= 0.4"; empty where none is set.

    Where there is no baseline, `ratio` is our own figure and the bound speaks of that.
    """

    name: str
    ours: float | None
    baseline: float | None
    ratio: float | None
    bound: str
    unit: str

    @property
    def verdict(self) -> str:
        """`ok`, `MISSED`, or empty where nothing was measured or asked for."""
        if self.ratio is None or not self.bound:
            return ""
        sign, limit = self.bound.split()
        kept = self.ratio >= float(limit) if sign == ">=" else self.ratio <= float(limit)
        return "ok" if kept else "MISSED"


def left_out(name: str, why: str) -> Row:
    """A figure that this machine cannot give."""
    return Row(f"{name}: left out, {why}", None, None, None, "", "")


def table(rows: list[Row]) -> str:
    """The rows under their heads, in columns."""
    cells = [HEAD] + [(*map(_cell, astuple(row)), row.verdict) for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    lines = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _cell(value: str | float | None) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else f"{value:.4g}"
