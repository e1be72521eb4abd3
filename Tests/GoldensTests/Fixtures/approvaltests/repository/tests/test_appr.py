import os
from approvaltests import verify, verify_as_json
K = float(os.environ.get("K", "1"))
def test_text(): verify(f"hello\nworld {K}")
def test_js(): verify_as_json({"k": K})
def test_new(): verify("something new")
