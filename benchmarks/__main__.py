"""`make bench`: every figure beside its baseline, in one table."""

from benchmarks import delivering, forms, looking_up, memory, pages, posting
from benchmarks.rows import Row, table


def main() -> None:
    rows: list[Row] = []
    for part in (delivering, posting, pages, looking_up, forms, memory):
        print(f"Measuring: {part.__doc__.splitlines()[0]}", flush=True)
        rows += part.measure()
    print(f"\n{table(rows)}")


if __name__ == "__main__":
    main()
