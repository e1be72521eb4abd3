"""mutmut's mutants, what became of them, and its counts, which it is asked for."""

from sample import project, report, run

folder = project("mutmut", "pytest")
run(folder, "mutmut", "run")
run(folder, "mutmut", "export-cicd-stats")
# `shop.price.x_label__mutmut_1: survived`
results = [line.split(": ") for line in run(folder, "mutmut", "results", "--all", "true").splitlines() if ": " in line]
failing = sum(1 for _, word in results if word in ("survived", "no tests"))
report(folder / "mutants" / "src" / "shop" / "price.py.meta", "mutmut", len(results), failing)
