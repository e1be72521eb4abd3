"""What DVC tells of metrics and parameters between two commits."""

import json
import os
import subprocess

from sample import project, report, run

os.environ["DVC_NO_ANALYTICS"] = "true"
folder = project("dvc")
metrics = {"auc": 0.91, "slices": {"BR": {"recall": 0.83}}, "n": 1000}
(folder / "dvc.yaml").write_text("metrics:\n  - metrics.json\nparams:\n  - params.yaml\n")


def write(metrics, rate):
    (folder / "metrics.json").write_text(json.dumps(metrics))
    (folder / "params.yaml").write_text(f"train:\n  lr: {rate}\n  depth: 6\n")


def git(*words):
    identity = ["-c", "user.name=sample", "-c", "user.email=sample@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


write(metrics, 0.1)
git("init", "-q")
run(folder, "dvc", "init", "-q")
git("add", "-A")
git("commit", "-qm", "before")
write(metrics | {"auc": 0.87, "new": 1}, 0.2)
for name, words, items in [("show", ["metrics", "show"], 4), ("diff", ["metrics", "diff"], 2), ("p", ["params", "diff"], 1)]:
    (folder / f"{name}.json").write_text(run(folder, "dvc", *words, "--json"))
    report(folder / f"{name}.json", "dvc", items)
report(folder / "metrics.json", "dvc", 4)
