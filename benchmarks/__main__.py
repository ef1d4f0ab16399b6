"""`make bench`: each benchmark prints ratios against a limit or a peer measured in the same run."""

from benchmarks import documents, pages, search

for benchmark in (documents, search, pages):
    print(f"== {benchmark.__name__.removeprefix('benchmarks.')}")
    benchmark.main()
    print()
