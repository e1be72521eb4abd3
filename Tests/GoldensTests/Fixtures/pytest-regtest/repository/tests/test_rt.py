import os, pytest
K=os.environ.get("K","1")
def test_a(regtest): print("hello", K, file=regtest); print("same", file=regtest)
@pytest.mark.parametrize("p",["x y","z"])
def test_p(regtest,p): regtest.write("v %s %s\n" % (p,K))
def test_new(regtest):
    regtest.write("new\n")
def test_ws(regtest): regtest.write("  a \n\tb\nv %s" % K)
