"""Robot Framework's XML, and its JSON as rebot and a suite write it, counted by its own interface."""

import importlib.util
import pathlib
import subprocess
import sys

from sample import MISSING, report

if importlib.util.find_spec("robot") is None:
    print("robot is not installed")
    sys.exit(MISSING)

from robot.api import ExecutionResult
from robot.version import get_version

folder = pathlib.Path(sys.argv[1])
(folder / "shop").mkdir()
(folder / "shop" / "cart.robot").write_text("""*** Test Cases ***
Adds
    Should Be Equal    ${3}    ${3}

Counts
    [Tags]    stock
    Log    2 are left    WARN
    Should Be Equal    ${2}    ${3}    only 2 are left

Rests
    Skip    no network

Breaks Behind
    Log    fine
    [Teardown]    Fail    the tear-down is broken
""")
(folder / "shop" / "checkout.robot").write_text("""*** Settings ***
Suite Setup    Fail    no database

*** Test Cases ***
Pays
    Log    never reached
""")
words = [sys.executable, "-m", "robot", "--output", "output.xml", "--log", "NONE", "--report", "NONE", "shop"]
# What failed is its status.
subprocess.run(words, cwd=folder, check=False, capture_output=True)
result = ExecutionResult(str(folder / "output.xml"))
total = result.statistics.total
# The suite whose set-up failed is one more.
items = (total.total + 1, total.failed + 1)
report(folder / "output.xml", "robot", *items)
if tuple(int(part) for part in get_version().split(".")[:2]) >= (7, 2):
    result.save(folder / "output.json")
    report(folder / "output.json", "robot-json", *items)
    result.suite.to_json(folder / "suite.json")
    report(folder / "suite.json", "robot-json", *items)
