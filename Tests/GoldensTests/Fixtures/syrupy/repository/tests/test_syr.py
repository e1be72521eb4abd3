import os, pytest
from syrupy.extensions.json import JSONSnapshotExtension
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
K = float(os.environ.get("K", "1"))
def test_one(snapshot): assert {"a": K, "b": [1, 2, 3], "c": "text"} == snapshot
def test_rev(snapshot): assert snapshot == {"a": K, "z": "multi\nline\n"}
def test_many(snapshot):
    assert [1, K] == snapshot
    assert "two %s" % K == snapshot
def test_named(snapshot): assert {"k": K} == snapshot(name="foo bar")
def test_long(snapshot): assert {"rows": [{"i": i, "v": i * (K if i % 17 == 3 else 1)} for i in range(60)]} == snapshot
@pytest.mark.parametrize("p", ["x", "y/z"])
def test_par(snapshot, p): assert {"p": p, "k": K} == snapshot
class TestC:
    def test_in(self, snapshot): assert {"k": K} == snapshot
def test_json(snapshot): assert {"k": K, "l": [1,2,3]} == snapshot(extension_class=JSONSnapshotExtension)
def test_raw(snapshot): assert b"bytes %d" % int(K*10) == snapshot(extension_class=SingleFileSnapshotExtension)
def test_str(snapshot): assert f"line one\nline {K}\nline three" == snapshot
def test_trail(snapshot): assert f"line one \n\n  line {K}\n\n\nline three\n" == snapshot
def test_crlf(snapshot): assert f"line one\r\nline {K}\r\n" == snapshot
def test_repeat(snapshot): assert [0]*20 + [K] + [0]*20 + [K] + [0] * 10== snapshot
