"""A dump of a session of cosmic-ray; what it counts is counted from its lines."""

import json
import sys

from sample import project, report, run

folder = project("cosmic_ray")
(folder / "tax.py").write_text("def tax(price):\n    return price * 2\n\n\ndef free():\n    return 0\n")
(folder / "check.py").write_text("from tax import tax\n\nassert tax(2) == 4\n")
(folder / "session.toml").write_text(
    f"""[cosmic-ray]
module-path = "tax.py"
timeout = 20.0
excluded-modules = []
test-command = "{sys.executable} check.py"
[cosmic-ray.distributor]
name = "local"
"""
)
run(folder, "cosmic_ray.cli", "init", "session.toml", "session.sqlite")
run(folder, "cosmic_ray.cli", "exec", "session.toml", "session.sqlite")
dump = folder / "session.jsonl"
dump.write_text(run(folder, "cosmic_ray.cli", "dump", "session.sqlite"))
results = [json.loads(line)[1] for line in dump.read_text().splitlines()]
report(dump, "cosmic-ray", len(results), sum(1 for result in results if result["test_outcome"] == "survived"))
