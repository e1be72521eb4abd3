"""Google Benchmark's JSON, by its module for Python."""

import json

from sample import project, report, run

folder = project("google_benchmark")
(folder / "bench.py").write_text(
    """
import google_benchmark as benchmark


@benchmark.register
@benchmark.option.range(8, 64)
def add(state):
    while state:
        sum(range(state.range(0)))


@benchmark.register
@benchmark.option.use_real_time()
def count(state):
    n = 0
    while state:
        n += 1
    state.counters["rows"] = 3


@benchmark.register
def broken(state):
    state.skip_with_error("no data")
    while state:
        pass


benchmark.main()
"""
)
for name, options in [("rounds", []), ("aggregates", ["--benchmark_report_aggregates_only=true"])]:
    out = folder / f"{name}.json"
    run(
        folder, "bench", "--benchmark_repetitions=3", "--benchmark_min_time=0.001s", f"--benchmark_out={out}",
        "--benchmark_out_format=json", *options,
    )
    benchmarks = json.loads(out.read_text())["benchmarks"]
    report(out, "google-benchmark", len({b["run_name"] for b in benchmarks}), 1)
