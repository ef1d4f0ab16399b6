"""`make bench`: each benchmark prints ratios against a limit or a peer measured in the same run."""

from benchmarks import (
    detection,
    documents,
    ingestion,
    library,
    life_cycle_cost,
    load,
    notices,
    pages,
    plans,
    prices,
    search,
    suggestions,
    tickets,
    uptake,
    verification,
)

for benchmark in (
    documents,
    verification,
    prices,
    life_cycle_cost,
    search,
    library,
    pages,
    plans,
    suggestions,
    tickets,
    notices,
    detection,
    ingestion,
    uptake,
    load,
):
    print(f"== {benchmark.__name__.removeprefix('benchmarks.')}")
    benchmark.main()
    print()
