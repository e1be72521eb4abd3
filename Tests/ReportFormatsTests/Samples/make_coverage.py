"""coverage.py's JSON, Cobertura and lcov of one run of tests."""

import json

from sample import project, report, run

folder = project("coverage", "pytest")
run(folder, "coverage", "run", "--branch", "--source=src", "-m", "pytest", "-q", "tests/test_price.py")
run(folder, "coverage", "json", "-q", "-o", "coverage.json")
run(folder, "coverage", "xml", "-q", "-o", "coverage.xml")
run(folder, "coverage", "lcov", "-q", "-o", "lcov.info")
# A file each, and one item of all files.
count = len(json.loads((folder / "coverage.json").read_text())["files"]) + 1
report(folder / "coverage.json", "coverage-py", count)
report(folder / "coverage.xml", "cobertura", count)
report(folder / "lcov.info", "lcov", count)
