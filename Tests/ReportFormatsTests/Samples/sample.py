"""What the scripts beside this one share: a copy of the sample project, and the lines that they print.

A script makes reports with the real tool in the folder that it is given. For each it prints what it counted itself, by
the tool's own interface or in plain Python: the path, the format's id, the items, and those that need a look.
"""

import importlib.util
import pathlib
import shutil
import subprocess
import sys

MISSING = 75


def project(*modules):
    """Copies the project into the folder that was given; leaves where a module is missing."""
    for module in modules:
        if importlib.util.find_spec(module) is None:
            print(f"{module} is not installed")
            sys.exit(MISSING)
    folder = pathlib.Path(sys.argv[1]) / "shop"
    shutil.copytree(pathlib.Path(__file__).parent / "shop", folder)
    (folder / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\npythonpath = ["src"]\n'
        '[tool.mutmut]\nsource_paths = ["src/"]\npytest_add_cli_args_test_selection = ["tests/test_price.py"]\n'
    )
    return folder


def run(folder, *words, **options):
    """Runs a module of Python in a folder."""
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, check=True, capture_output=True, text=True, **options
    ).stdout


def report(path, format, items, failing=0):
    print(path.relative_to(sys.argv[1]), format, items, failing, sep="\t")
