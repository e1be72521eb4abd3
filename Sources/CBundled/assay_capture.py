"""Keeps both sides of every golden comparison, so that assay can show and approve the very bytes a run produced.

    assay capture pytest > assay_capture.py
    python -m pytest -p assay_capture            # or: --assay-goldens DIR, or assay_goldens = DIR in the ini file

Keep DIR (test-results/goldens unless said otherwise) with the run's reports. It holds assay-goldens.jsonl, a line a
comparison (one file a worker under xdist), and files/, the bytes, named by their SHA-256. Knows pytest-regressions,
syrupy, pytest-mpl, numpy.testing and pandas.testing. It needs nothing but pytest, and never makes a test fail.
"""

import functools
import hashlib
import importlib
import importlib.util
import inspect
import io
import json
import os

import pytest

_recorder = None


def pytest_addoption(parser):
    parser.addoption("--assay-goldens", metavar="DIR", default=None, help="where golden pairs are kept for assay")
    parser.addini("assay_goldens", "where golden pairs are kept for assay", default="test-results/goldens")


def pytest_configure(config):
    global _recorder
    if config.getoption("collectonly", False):
        return
    folder = config.getoption("--assay-goldens") or config.getini("assay_goldens")
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    root = str(getattr(config, "rootpath", None) or config.rootdir)
    _recorder = Recorder(os.path.join(root, folder), root, worker)
    for attach in (attach_regressions, attach_syrupy, attach_mpl, attach_numpy, attach_pandas):
        quietly(attach)


def pytest_unconfigure(config):
    global _recorder
    _recorder = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if _recorder:
        _recorder.begin(item.nodeid)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if _recorder and call.when == "call":
        quietly(lambda: _recorder.end(outcome.get_result().failed))


def quietly(work):
    """Carries out what may fail without the test having to."""
    try:
        return work()
    except Exception as error:  # A capture that fails must not fail the test.
        if os.environ.get("ASSAY_CAPTURE_DEBUG"):
            raise
        if _recorder:
            _recorder.failures += 1
        return error and None


class Recorder:
    """Writes the manifest and the bytes."""

    def __init__(self, folder, root, worker):
        self.folder = folder
        self.root = root
        self.manifest = os.path.join(folder, "assay-goldens%s.jsonl" % ("-" + worker if worker else ""))
        self.worker = worker
        self.nodeid = ""
        self.numbers = {}
        self.pending = []
        self.failures = 0
        if not worker and os.path.isdir(folder):
            # What an earlier run left is not this one's.
            for name in os.listdir(folder):
                if name.startswith("assay-goldens") and name.endswith(".jsonl"):
                    quietly(functools.partial(os.remove, os.path.join(folder, name)))

    def begin(self, nodeid):
        self.nodeid = nodeid
        self.numbers = {}
        self.pending = []

    def end(self, failed):
        """A comparison of values counts when its test failed: tests also catch what they expect to differ."""
        pending, self.pending = self.pending, []
        for line in pending if failed else []:
            self.write(line)

    def record(self, framework, golden, expected, actual, entry=None, **more):
        """A pair of a golden in a file; `expected` is None when there is none yet."""
        path = self.relative(golden)
        if path is not None and expected != actual:
            self.write(self.line(framework, path, entry, expected, actual, ending(golden), more))

    def hold(self, what, expected, actual, kind, **more):
        """A pair whose expected side stands in the test's code; kept when the test fails."""
        number = self.numbers[what] = self.numbers.get(what, 0) + 1
        entry = what if number == 1 else "%s %d" % (what, number)
        more["kind"] = kind
        self.pending.append(self.line(what.split(".")[0], None, entry, expected, actual, "." + kind, more))

    def line(self, framework, golden, entry, expected, actual, suffix, more):
        line = {"version": 1, "nodeid": self.nodeid, "framework": framework, "golden": golden, "entry": entry}
        line["golden_sha256"], line["expected"] = self.keep(expected, suffix)
        line["actual_sha256"], line["actual"] = self.keep(actual, suffix)
        line.update(more)
        return line

    def keep(self, data, suffix):
        if data is None:
            return None, None
        digest = hashlib.sha256(data).hexdigest()
        name = "files/%s%s" % (digest, suffix)
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            part = "%s.%d.part" % (path, os.getpid())
            with open(part, "wb") as file:
                file.write(data)
            os.replace(part, path)
        return digest, name

    def write(self, line):
        os.makedirs(self.folder, exist_ok=True)
        with open(self.manifest, "ab") as file:
            file.write(json.dumps(line, sort_keys=True).encode() + b"\n")

    def relative(self, path):
        """The path from the repository's top, or from pytest's where there is no repository; None outside of both."""
        path = os.path.abspath(str(path))
        top = os.path.dirname(path)
        while not os.path.exists(os.path.join(top, ".git")):
            if os.path.dirname(top) == top:
                top = self.root
                break
            top = os.path.dirname(top)
        relative = os.path.relpath(path, top).replace(os.sep, "/")
        return None if relative.startswith("../") else relative


def ending(path):
    ending = os.path.splitext(str(path))[1]
    return ending if ending[1:].isalnum() and len(ending) <= 12 else ""


def read(path):
    with open(str(path), "rb") as file:
        return file.read()


def available(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def attach_regressions():
    if not available("pytest_regressions"):
        return
    common = importlib.import_module("pytest_regressions.common")
    original = common.perform_regression_check
    signature = inspect.signature(original)

    @functools.wraps(original)
    def check(*args, **kwargs):
        __tracebackhide__ = True
        call = quietly(lambda: signature.bind(*args, **kwargs))
        if call is None or _recorder is None:
            return original(*args, **kwargs)
        quietly(lambda: watch_regression(call.arguments))
        return original(*call.args, **call.kwargs)

    names = ["data", "dataframe", "file", "image", "ndarrays", "num"]
    for name in ["pytest_regressions.common"] + ["pytest_regressions.%s_regression" % name for name in names]:
        module = quietly(functools.partial(importlib.import_module, name))
        if getattr(module, "perform_regression_check", None) is original:
            module.perform_regression_check = check


def watch_regression(arguments):
    """Puts itself between the check and what it compares; a golden that is not there yet is only dumped."""
    check, dump = arguments["check_fn"], arguments["dump_fn"]
    fullpath, source = arguments.get("fullpath"), arguments["original_datadir"]

    def watched_check(obtained, expected):
        __tracebackhide__ = True
        golden = fullpath or os.path.join(str(source), os.path.basename(str(expected)))
        quietly(lambda: _recorder.record("pytest-regressions", golden, read(expected), read(obtained)))
        return check(obtained, expected)

    def watched_dump(path, *rest, **more):
        isnew = not os.path.exists(str(path)) and ".obtained" not in os.path.basename(str(path))
        result = dump(path, *rest, **more)
        if isnew:
            quietly(lambda: _recorder.record("pytest-regressions", path, None, read(path)))
        return result

    arguments["check_fn"], arguments["dump_fn"] = watched_check, watched_dump


def attach_syrupy():
    if not available("syrupy"):
        return
    assertion = importlib.import_module("syrupy.assertion").SnapshotAssertion
    original = assertion._assert

    @functools.wraps(original)
    def compare(self, data):
        result = original(self, data)
        if _recorder is not None:
            quietly(lambda: watch_syrupy(self._execution_results[self._executions - 1]))
        return result

    assertion._assert = compare


def watch_syrupy(result):
    if result.success or result.asserted_data is None:
        return
    location = str(result.snapshot_location)
    entry = result.snapshot_name if location.endswith(".ambr") else None
    expected = None if result.recalled_data is None else as_bytes(result.recalled_data)
    _recorder.record("syrupy", location, expected, as_bytes(result.asserted_data), entry)


def as_bytes(data):
    return bytes(data) if isinstance(data, (bytes, bytearray)) else str(data).encode("utf-8")


def attach_mpl():
    if not available("pytest_mpl"):
        return
    comparison = importlib.import_module("pytest_mpl.plugin").ImageComparison
    original = comparison.compare_image_to_baseline

    @functools.wraps(original)
    def compare(self, item, fig, result_dir, *args, **kwargs):
        try:
            return original(self, item, fig, result_dir, *args, **kwargs)
        finally:
            if _recorder is not None:
                quietly(lambda: watch_mpl(self, item, result_dir))

    comparison.compare_image_to_baseline = compare


def watch_mpl(comparison, item, folder):
    if str(comparison.get_baseline_directory(item)).startswith(("http:", "https:")):
        return
    golden = comparison.obtain_baseline_image(item)
    result = os.path.join(str(folder), "result" + ending(golden))
    expected = read(golden) if os.path.exists(str(golden)) else None
    _recorder.record("pytest-mpl", golden, expected, read(result))


def attach_numpy():
    if not available("numpy"):
        return
    testing = importlib.import_module("numpy.testing")
    for name in ["assert_allclose", "assert_array_equal", "assert_array_almost_equal"]:
        watch_values(testing, name, as_npy, "npy", "numpy")


def attach_pandas():
    if not available("pandas"):
        return
    testing = importlib.import_module("pandas.testing")
    for name in ["assert_frame_equal", "assert_series_equal"]:
        watch_values(testing, name, lambda table: table.to_csv().encode("utf-8"), "csv", "pandas")


def watch_values(module, name, dump, kind, framework):
    """Keeps the two values that a comparison refuses: the first is what was produced, the second what was desired."""
    original = getattr(module, name)
    signature = inspect.signature(original)

    @functools.wraps(original)
    def compare(*args, **kwargs):
        __tracebackhide__ = True
        try:
            return original(*args, **kwargs)
        except AssertionError:
            if _recorder is not None:
                quietly(lambda: keep_values(signature.bind(*args, **kwargs)))
            raise

    def keep_values(call):
        call.apply_defaults()
        actual, desired = list(call.arguments.values())[:2]
        # pandas marks what was not given with an object of its own.
        given = {key: call.arguments.get(key) for key in ("rtol", "atol")}
        bounds = {key: float(value) for key, value in given.items() if isinstance(value, (int, float))}
        _recorder.hold("%s.%s" % (framework, name), dump(desired), dump(actual), kind, **bounds)

    setattr(module, name, compare)


def as_npy(value):
    numpy = importlib.import_module("numpy")
    file = io.BytesIO()
    numpy.save(file, numpy.asarray(value), allow_pickle=False)
    return file.getvalue()
