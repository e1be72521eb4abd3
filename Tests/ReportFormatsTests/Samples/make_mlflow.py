"""A store of files of MLflow: a run that ended, and one that failed."""

import os

from sample import project, report

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
folder = project("mlflow")
import mlflow  # noqa: E402

os.chdir(folder)
mlflow.set_tracking_uri("file:./mlruns")
mlflow.set_experiment("churn")
with mlflow.start_run(run_name="train") as train:
    mlflow.log_params({"lr": 0.1, "depth": 6})
    for step in range(3):
        mlflow.log_metric("auc", 0.8 + step / 100, step=step)
    mlflow.log_metric("recall/BR", 0.9)
try:
    with mlflow.start_run() as failed:
        mlflow.log_metric("auc", 0.1)
        raise ValueError("on purpose")
except ValueError:
    pass
# A metric each, and the run itself.
for run, items, failing in [(train, 3, 0), (failed, 2, 1)]:
    report(folder / "mlruns" / run.info.experiment_id / run.info.run_id / "meta.yaml", "mlflow", items, failing)
