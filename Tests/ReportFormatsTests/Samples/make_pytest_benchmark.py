"""pytest-benchmark's JSON with the rounds, and a file of its store without them."""

import json

from sample import project, report, run

folder = project("pytest_benchmark", "pytest")
run(
    folder, "pytest", "-q", "tests/test_speed.py", "--benchmark-json=benchmark.json", "--benchmark-save=sample",
    "--benchmark-storage=store",
)
stored = next((folder / "store").rglob("*.json"))
for path in [folder / "benchmark.json", stored]:
    report(path, "pytest-benchmark", len(json.loads(path.read_text())["benchmarks"]))
