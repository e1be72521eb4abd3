"""SARIF of bandit, counted by the JSON that it writes of the same code."""

import json
import subprocess
import sys

from sample import project, report

folder = project("bandit", "sarif_om")
(folder / "src" / "shop" / "shell.py").write_text(
    "import subprocess\n\n\ndef run(name):\n    assert name\n    return subprocess.call('ls ' + name, shell=True)\n"
)
for format, name in [("sarif", "bandit.sarif"), ("json", "count.json")]:
    # Findings are its status 1.
    words = [sys.executable, "-m", "bandit", "-q", "-r", "src", "-f", format, "-o", name]
    subprocess.run(words, cwd=folder, check=False, capture_output=True)
found = json.loads((folder / "count.json").read_text())["results"]
report(folder / "bandit.sarif", "sarif", len(found), sum(one["issue_severity"] != "LOW" for one in found))
