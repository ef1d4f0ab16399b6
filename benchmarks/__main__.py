"""`make bench`: each benchmark prints ratios against a limit or a peer measured in the same run."""

from benchmarks import documents, pages, search, suggestions, tickets

for benchmark in (documents, search, pages, suggestions, tickets):
    print(f"== {benchmark.__name__.removeprefix('benchmarks.')}")
    benchmark.main()
    print()
