import FailureAnalysis
import Testing
import TriageModel

/// Which texts are the same failure and which are not, a pair a line.
struct SignatureKeyTests {
  private func key(_ message: String, type: String = "", details: String = "", file: String = "") -> SignatureKey {
    var maker = SignatureMaker()
    let parts = [type, message, details, file].map { Array($0.utf8) }
    return parts[0].withUnsafeBytes { type in
      parts[1].withUnsafeBytes { message in
        parts[2].withUnsafeBytes { details in
          parts[3].withUnsafeBytes { maker.key(type: type, message: message, details: details, file: $0) }
        }
      }
    }
  }

  /// Each `%` is one of the codes, in turn.
  @Test(arguments: [
    ("assert % == 200", "404 503"), ("assert 200 == %", "404 503"), ("assert % != 200", "404 503"),
    ("assert <Response [%]>.ok", "404 503"), ("<Response %>", "404 503"), ("% Client Error: x", "404 410"),
    ("% Server Error", "500 502"), ("% Not Found", "404 410"), ("%: Not Found", "404 410"), ("HTTP/1.1 %", "404 503"),
    ("HTTP/2 % x", "404 503"), ("\"GET /x HTTP/1.1\" %", "404 503"), ("HTTP %", "404 503"),
    ("HTTP Error %: x", "404 503"), ("http status: %", "404 503"), ("status code %", "404 503"),
    ("status_code=%", "404 503"), ("statusCode: %", "404 503"), ("StatusCode(%)", "404 503"),
    ("{\"status\":%}", "404 503"), ("{'code': %}", "404 503"), ("\"http_status\": \"%\"", "404 503"),
    ("response code was %", "404 503"), ("Expected status code <200> but was <%>.", "404 503"),
    ("expected: <200> but was: <%>", "404 503"), ("expected [200] but found [%]", "404 503"),
    ("Expected: 200\nReceived: %", "404 503"), ("  left: 200,\n right: %", "404 503"), ("got %, want 200", "404 503"),
    ("expected % to equal 200", "404 503"), ("Failed asserting that % is identical to 200.", "404 503"),
    ("expected: 200\n     got: %", "404 503"), ("  Expected: 200\n  But was:  %", "404 503"),
    ("returned %", "404 503"), ("the server responded with %", "404 503"), ("Request failed with %", "404 503"),
    ("unexpected response: %", "404 503"), ("server error %", "500 502"), ("got % from the gateway", "404 502"),
    ("exited with %", "137 139"), ("exited with code %", "1 2"), ("exit status %", "1 2"), ("exit code: %", "1 2"),
    ("exited %", "1 2"), ("rc=%", "1 2"), ("returncode=%", "1 -9"), ("exit(%)", "1 2"), ("SystemExit: %", "1 2"),
    ("returned non-zero exit status %.", "1 127"), ("Process finished with exit value %", "1 2"),
    ("assert % == 0", "137 139"),
    ("make: *** [all] Error %", "1 2"), ("SQLSTATE %", "23505 40001"), ("SQLSTATE[%]: x", "23000 42000"),
    ("(SQLSTATE: %)", "23505 40001"), ("ERROR 1062 (%): x", "23000 42000"), ("ERROR % (23000): x", "1062 1048"),
    ("CUDA error %", "700 719"), ("CUDA error %: x", "700 2"), ("grpc_status:%", "14 4"), ("grpc-status: %", "14 4"),
    ("rpc error: code = % desc = x", "14 4"), ("errno %", "13 2"), ("[Errno %] x", "2 13"), ("errno: %", "13 2"),
    ("os error %", "2 111"), ("(os error %)", "2 111"), ("[WinError %] x", "10061 10054"), ("OSError(%, 'x')", "28 2"),
    ("error[E%]: x", "0308 0499"), ("TS%: x", "2345 2322"), ("ORA-%: x", "00942 01017"), ("SIGSEGV (%)", "11 7"),
    ("signal: %", "9 11"), ("killed by signal %", "9 11"), ("<Signals.SIGKILL: %>", "9 6"), ("curl: (%) x", "7 28"),
    ("HRESULT: 0x%", "80070005 80131500"), ("exit code 0x%", "c0000005 c0000135"), ("E% duplicate key", "11000 11001"),
    ("error code: %", "5 17"), ("vendor_code=%", "1062 1213"), ("exit code %", "3221225477 3221225725"),
    ("ReturnCode.%", "OK FAIL"), ("StatusCode.%", "UNAVAILABLE INTERNAL"), ("% page not found", "404 410"),
  ])
  func codesTellFailuresApart(_ writing: String, _ codes: String) {
    let keys = codes.split(separator: " ").map { code in
      key(writing.split(separator: "%", omittingEmptySubsequences: false).joined(separator: String(code)), type: "X")
    }
    #expect(Set(keys).count == keys.count, "\(writing)")
  }

  @Test(arguments: [
    ("shapes (142x312 and 319x505)", "shapes (8x16 and 32x64)"), ("size (1, 2)", "size [32, 3, 224, 224]"),
    ("tensor [1, 2, 3]", "tensor [7]"), ("got 5 rows", "got 404 rows"), ("returned 404 rows", "returned 17 rows"),
    ("expected 5 got 5", "expected 5 got 7"), ("1234 is 1234 here", "1234 is 4321 here"), ("1 row left", "3 rows left"),
    ("in gw0", "in gw12"), ("pid 123", "pid 99999"), ("port 8080", "port 443"), ("took 1.5s", "took 20 ms"),
    ("line 404: x", "line 12: x"), ("user_48213", "user_99120"), ("run job_8f3a2c1", "run job_0912bc7"),
    ("/tmp/tmpab12cd34/x.py", "/tmp/tmp9z_k2l1q/x.py"), ("at 0x7f12ab00cd34", "at 0x55e0a1b2c3d4"),
    ("error 3.5f off", "error 0.25f off"), ("id 550e8400-e29b", "id 9f3c2b1a-04d7"),
    ("mean error 404", "mean error 12"),
    ("commit 194bf4a", "commit 1234567"), ("[0.1 0.2]", "[0.1 0.2 0.3]"), ("host ip-10-0-3-4", "host ip-10-2-33-41"),
    ("x -5 y", "x 5 y"), ("12.5% of 3", "7% of 12"), ("used 5 MiB", "used 1.5 GB"),
    ("batch 200 of 404", "batch 1 of 2"),
    ("0 items and 137 files", "0 items and 12 files"), ("a1b2c3d4 left", "9f8e7d6c left"),
  ])
  func noiseDoesNot(_ one: String, _ other: String) { #expect(key(one, type: "X") == key(other, type: "X")) }

  @Test(arguments: [
    ("'user_id'", "'order_id'"), ("a == b", "a != b"), ("a < b", "a >= b"), ("dtype float32", "dtype float64"),
    ("on cuda:0", "on cpu"), ("is True", "is False"), ("is None", "is True"), ("Expecting ','", "Expecting ':'"),
    ("for +: 'int'", "for -: 'int'"), ("got nan", "got 5"), ("expected a got b", "expected b got a"),
    ("layer_1", "layer_2"), ("v2", "v3"), ("resnet50", "resnet18"), ("40 / 40 (100.0%)", "14 / 40 (35.0%)"),
  ])
  func wordsDo(_ one: String, _ other: String) { #expect(key(one, type: "X") != key(other, type: "X")) }

  @Test func theClassIsPartOfItInEveryDialect() {
    func surefire(_ type: String) -> SignatureKey {
      key("bad value for the option", type: type, details: "\(type): bad value for the option\n\tat a.B.c(B.java:3)")
    }
    func gotestsum(_ text: String, test: String = "TestA") -> SignatureKey {
      key("Failed", details: "=== RUN   \(test)\n    a_test.go:12: \(text)\n--- FAIL: \(test) (0.01s)")
    }
    #expect(surefire("java.io.EOFException") != surefire("java.lang.IllegalStateException"))
    #expect(gotestsum("open x: permission denied") != gotestsum("open x: no such file"))
    #expect(gotestsum("open x: permission denied") == gotestsum("open x: permission denied", test: "TestB"))
    #expect(
      key("", type: "EOFError", details: "EOFError: x\n  at f (a.js:1:2)")
        != key("", details: "Error: x\n  at f (a.js:1:2)"))
  }

  @Test func wordsThatSayLittleAreToldApartByTheFile() {
    let details = "def test_a():\n>       assert 3 == 4\nE       assert 3 == 4"
    #expect(
      key("assert 3 == 4", details: details, file: "/a/x.py") != key("assert 3 == 4", details: details, file: "y.py"))
    #expect(
      key("assert 3 == 4", details: details, file: "/a/x.py") == key("assert 5 == 4", details: details, file: "/b/x.py")
    )
  }

  @Test func whatAHistoryKeepsGivesTheKeyAgain() {
    let (message, details) = (
      "bad value for the option", "java.io.EOFException: bad value for the option\n\tat a.B.c(B.java:3)"
    )
    var maker = SignatureMaker()
    #expect(maker.key(ofKept: details) == key(message, type: "java.io.EOFException", details: details))
  }
}
