"""Shows Hypothesis tests the inputs that they failed with; assay loads it for `assay rerun`, and nothing else does.

ASSAY_REPLAY holds entries, divided by commas: the test, what the text is, and the text, each in base 16, divided by
colons. A `blob` is what Hypothesis prints for @reproduce_failure, an `example` the call that it prints, and `words` are
those before the call.
"""

import ast
import os
import re

import pytest


def entries():
    for entry in filter(None, os.environ.get("ASSAY_REPLAY", "").split(",")):
        yield tuple(bytes.fromhex(part).decode("utf-8") for part in entry.split(":"))


def literal_keywords(call):
    """The keywords of a printed call, or None where an input is no literal, or has no name."""
    try:
        body = ast.parse(call.strip(), mode="eval").body
        if not isinstance(body, ast.Call) or body.args:
            return None
        return {keyword.arg: ast.literal_eval(keyword.value) for keyword in body.keywords}
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None


def blob_parts(call):
    try:
        version, blob = ast.literal_eval(call.strip())
        return version, blob
    except (SyntaxError, ValueError, TypeError):
        return None


def pytest_collection_modifyitems(items):
    known = {}
    for test, kind, text in entries():
        known.setdefault(test, []).append((kind, text))
    for item in items:
        function = getattr(getattr(item, "obj", None), "__func__", getattr(item, "obj", None))
        if item.nodeid in known and getattr(function, "is_hypothesis_test", False):
            replay(function, known[item.nodeid])


def replay(function, said):
    import hypothesis

    for kind, text in said:
        if kind == "example":
            keywords = literal_keywords(text)
            if keywords:
                hypothesis.example(**keywords)(function)
                return
    for kind, text in said:
        if kind == "blob":
            parts = blob_parts(text)
            # Another version cannot read it, and would say that the test is wrong.
            if parts and parts[0] == hypothesis.__version__:
                hypothesis.reproduce_failure(*parts)(function)
                return


def say_alike(error, test):
    """A replayed example is called explicit: the failure is to read as it did, or it would be taken for another."""
    words = next((text for name, kind, text in entries() if (name, kind) == (test, "words")), None)
    notes = getattr(error, "__notes__", None)
    if words and notes:
        pattern = r"^(Falsifying|Failing) explicit example: "
        error.__notes__ = [re.sub(pattern, words, note) for note in notes]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    if call.excinfo is not None:
        say_alike(call.excinfo.value, item.nodeid)
    outcome = yield
    if call.excinfo is not None and call.excinfo.type.__name__ == "DidNotReproduce":
        # The inputs that failed pass now: that is a pass.
        report = outcome.get_result()
        report.outcome = "passed"
        report.longrepr = None
        report.sections.append(("assay", "the inputs that failed pass now"))
