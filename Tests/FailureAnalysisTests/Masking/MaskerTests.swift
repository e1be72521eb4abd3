import FailureAnalysis
import TestSupport
import Testing

struct MaskerTests {
  private func mask(_ text: String) -> String {
    var masker = Masker()
    Array(text.utf8).withUnsafeBytes { masker.mask($0) }
    return String(decoding: masker.masked, as: UTF8.self)
  }

  @Test(arguments: [
    ("Mon, 12 January 2017 11:34:35 -0700 x", "<time> x"), ("Jan 1 00:00:00.123 x", "<time> x"),
    ("2006-01-02T15:04:05.000Z x", "<time> x"), ("at 2026-11-21 07:34", "at <time>"),
    ("I0102 15:04:05.000 x", "<time> x"),
    ("12/10/25 13:52:29.244 x", "<time> x"), ("20261121T073451Z", "<time>"), ("Mon Jan  2 15:04:05 2006", "<time>"),
    ("12:34:56,789 INFO", "<time> INFO"), ("on Monday we sat", "on Monday we sat"), ("May 5 be", "May <n> be"),
  ])
  func timesAreAllAlike(_ text: String, _ masked: String) { #expect(mask(text) == masked) }

  @Test(arguments: [
    ("object at 0x7f12ab00 and 0x7f12ab00", "object at <h1> and <h1>"), ("commit 194bf4a9e0", "commit <h1>"),
    ("550e8400-e29b-41d4-a716-446655440000-3!", "<i1>!"), ("i-0abc1234def0 up", "i-<h1> up"),
    ("model-server-7d4b9c6f5-x2x8z", "model-server-<h1>-<i1>"), ("[gw3] worker12", "[gw<n>] worker<n>"),
    ("10.0.0.1:8080 fe80::1:2:3", "<a1> <a2>"), ("localhost:54321", "localhost:<n>"), ("10.0.0.1:", "<a1>:"),
  ])
  func idsAndAddressesAreNumbered(_ text: String, _ masked: String) { #expect(mask(text) == masked) }

  @Test(arguments: [
    ("took 1.5s, 20 ms, 1h2m3s", "took <duration>, <duration>, <duration>"),
    ("tried 20 MiB of 1.5GB", "tried <size> of <size>"),
    ("1 is not 2, 1 is 1.0e-12", "<n> is not <n>, <n> is <n1>"), ("float32 is not int64", "float32 is not int64"),
    ("1234 is 1234 not 1235", "<n1> is <n1> not <n2>"),
    ("line 44: 3d", "line <n>: 3d"), ("cuda:1 seed=42", "cuda:<n> seed=<n>"),
    ("shape (2, 3) is not shape (2, 3, 4)", "shape <shape1> is not shape <shape2>"),
    ("Shape: (40,)", "Shape: <shape1>"),
    ("NaN and -inf", "NaN and -inf"),
  ])
  func measuresAndNumbersAreMasked(_ text: String, _ masked: String) { #expect(mask(text) == masked) }

  @Test(arguments: ["HTTP/1.1 503 x", "status code 404", "status=503", "exit code: 137", "http 502", "signal 11"])
  func codesStay(_ text: String) { #expect(mask(text) == text) }

  @Test(arguments: [
    ("/tmp/pytest-of-a/pytest-3/test_a0/x.yml: no", "<p1>/x.yml: no"),
    ("/builds/churn/runs/016/mpl/test_a/result.png", "<p1>/test_a/result.png"),
    ("tests/unit/test_a.py", "tests/unit/test_a.py"),
    ("in C:\\Users\\me\\proj\\src\\a.py", "in <p1>\\src\\a.py"), ("~/a/b/c.py", "<p1>/b/c.py"),
    ("see https://host/a/b", "see https://host/a/b"), ("and/or", "and/or"),
  ])
  func pathsKeepTheirFile(_ text: String, _ masked: String) { #expect(mask(text) == masked) }

  @Test func terminalSequencesGo() {
    #expect(mask("\u{1B}[31mred\u{1B}[0m 5 \u{1B}]0;title\u{07}x\u{1B}") == "red <n> x")
  }

  @Test func maskingAgainChangesNothingAndNothingTraps() {
    let pieces = [
      "5", "12", "0x1f", "ab12cd34", "550e8400-e29b-41d4-a716-446655440000", "/tmp/a/b", "/a/b/c/d", "10.0.0.1", ":80",
      " ",
      "2026-01-02", "T", "12:13:14", ".5", "s", " ms", "MiB", "(", ")", "shape", "status ", "=", "-", "Mon", ",",
      "Jan 2 ",
      "<n1>", "<time>", "<", ">", "\n", "gw1", "code", "é", "\u{1B}[1m", "C:\\x\\y\\z\\q", "e", "::", "ff:", "_", "~/",
      "http", "/1.1", "I0102", "I0102 ", "size (1, 2)", "[3]", "+01:00", "Z", "2020", "\u{1B}]", "\u{07}", "12/10/25 ",
    ]
    var random = Seeded(state: 3)
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      let once = mask(text)
      #expect(mask(once) == once, "\(text.debugDescription)")
    }
  }
}
