"""The ZIP table loaded again and again; then its answers and a plain dict's, in turns.

Started by `benchmarks.looking_up`; prints as JSON answers a second, MiB and seconds: the best of
several rounds, because whatever else the machine does only adds to them.
"""

import gc
import json
import logging
import random
import tracemalloc
from time import perf_counter, process_time

from tests.environment import set_up_environment

set_up_environment()

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from representatives.addresses import Address  # noqa: E402
from representatives.lookup import zip_table  # noqa: E402
from representatives.lookup.zip_table import ZipTable  # noqa: E402
from representatives.tables import read_table  # noqa: E402
from representatives.zip_map.table import name_of, read_zip_map  # noqa: E402

CONGRESS = 119
ROUNDS, ASKED = 25, 50_000
LOADINGS = 9
ANYWHERE = Address("82001")


def main() -> None:
    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    call_command("load_zip_map", verbosity=0)
    found = {"loading": min(timed(load) for _ in range(LOADINGS))} | room()
    print(json.dumps(found | speed()))


def load() -> ZipTable:
    """As the first lookup of a process does."""
    zip_table._read.cache_clear()
    table = ZipTable()
    assert table.matches(ANYWHERE, congress=CONGRESS)
    return table


def timed(one, clock=perf_counter) -> float:
    gc.collect()
    started = clock()
    one()
    return clock() - started


def room() -> dict[str, float]:
    """In MiB, of what Python allocates."""
    zip_table._read.cache_clear()
    gc.collect()
    tracemalloc.start()
    table = load()
    gc.collect()
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert table
    return {"room it keeps": kept / 2**20, "most room while it loads": most / 2**20}


def speed() -> dict[str, float]:
    """Answers a second of this process's own time, to the same addresses in the same order."""
    table, plain = load(), read_zip_map(read_table(name_of(CONGRESS))[0])
    codes = random.Random(5).choices(list(plain), k=ASKED)
    # As a form gives them: no string is the very one that stands in either table.
    addresses = [Address(code[:2] + code[2:]) for code in codes]
    seconds: dict[str, list[float]] = {"ours": [], "dict": []}

    def ask_ours():
        for address in addresses:
            table.matches(address, congress=CONGRESS)

    def ask_dict():
        for address in addresses:
            plain[address.zip]

    for _ in range(ROUNDS):
        for name, ask in (("ours", ask_ours), ("dict", ask_dict)):
            seconds[name].append(timed(ask, process_time))
    return {name: ASKED / min(taken) for name, taken in seconds.items()}


if __name__ == "__main__":
    main()
