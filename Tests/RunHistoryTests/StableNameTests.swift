internal import RunHistory
internal import Testing
internal import TriageModel

struct StableNameTests {
  @Test(arguments: [
    ("test_a[0x7f3a12bc90]", "test_a[<address>]"),
    ("test_a[<Model object at 0x7F3A12BC90>-3]", "test_a[<Model object at <address>>-3]"),
    ("test_a[2026-11-16T09:15:00.123+01:00]", "test_a[<time>]"),
    ("test_a[2026-11-16 09:15]", "test_a[<time>]"),
    ("test_a[1763284500]", "test_a[<time>]"),
    ("test_a[1763284500123-x]", "test_a[<time>-x]"),
    ("test_a[8f14e45f-ceea-467f-a1d6-6b7a2c0c7d5e]", "test_a[<uuid>]"),
    ("test_a[/tmp/pytest-of-me/pytest-12/x0-cpu]", "test_a[<temporary>]"),
    ("test_a[/var/tmp/tmp06bdf4/x]", "test_a[<temporary>]"),
    (#"test_a[C:\Users\ci\AppData\Local\Temp\tmpf03f38]"#, #"test_a[C:\Users\ci<temporary>]"#),
    ("test_a[user_79d67f]", "test_a[user_<random>]"),
    ("test_a[bob71333@example.org]", "test_a[bob<random>@example.org]"),
    ("test_a[0.13042279608514273]", "test_a[<number>]"), ("test_a[localhost:38498]", "test_a[localhost:<port>]"),
    ("test_seed[621429]", "test_seed[<seed>]"), ("test_a[seed=621429]", "test_a[seed=<seed>]"),
  ])
  func changingPartsAreMasked(name: String, stable: String) {
    #expect(StableName.of(name) == stable)
  }

  @Test(arguments: [
    "test_a[0x10]", "test_a[2026-11-16]", "test_a[1234567890]", "test_a[float32-128-1e-05]", "test_12345", "",
    "test_a[a1763284500]", "test_user_3f9a01", "test_a[621429]", "test_seed[42]", "test_a[example.org:8080]",
    "test_a[0.1234567]", "test_a[user_deadbe]", "test_a[model_123456]", "tests/tmp/test_a.py::test_b",
    "test_a[deadbeef]", "0x", "test_a[17632845001]",
  ])
  func whatMayBeMeantStays(name: String) {
    #expect(StableName.of(name) == name)
  }

  @Test func historyOfAChangingParameterDoesNotFragment() throws {
    let temporary = TemporaryStore()
    let store = try temporary.open()
    try store.add(Example(id: "1", tests: [("t[0x7f3a12bc90]", .passed)]))
    try store.add(Example(id: "2", day: 1, tests: [("t[0x7f3a99bc10]", .failed)]))
    #expect(try store.outcomes(of: "t[0x7f00000000]") == [.passed, .failed])
  }
}
