import Testing
import TriageModel

/// The place of a failure, of each tool's own way of writing a stack: the innermost frame of the project.
@Suite struct FailureLocationTests {
  private func place(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes(FailureLocation.find).map { "\($0.file):\($0.line ?? 0)" }
  }

  private static let stacks: [(text: String, place: String?)] = [
    // jest, with the tool's frames in the middle, and with them first
    (
      "Error: no\n    at Object.<anonymous> (/w/test/cart.test.js:9:21)\n    at /w/node_modules/jest/queue.js:45:12",
      "/w/test/cart.test.js:9"
    ),
    (
      "Error: no\n    at Assert.ok (node_modules/chai/chai.js:4:2)\n    at add (src/cart.js:7:3)\n    at process (node:internal/task:1:2)",
      "src/cart.js:7"
    ),
    // vitest
    (
      "AssertionError: expected 3 to be 4\n ❯ node_modules/vitest/x.js:3:1\n ❯ add src/sum.ts:2:5\n ❯ src/sum.test.ts:7:20",
      "src/sum.ts:2"
    ),
    // mocha
    (
      "AssertionError: 1 == 2\n    at Context.<anonymous> (test/cart.js:12:14)\n    at processImmediate (node:internal/timers:4:2)",
      "test/cart.js:12"
    ),
    // JUnit, Kotlin, a tool that tests itself
    (
      "x.Failed: no\n\tat org.junit.jupiter.api.Assert.fail(Assert.java:55)\n\tat com.acme.CartTest.adds(CartTest.java:21)\n\tat java.base/java.lang.reflect.Method.invoke(Method.java:580)",
      "CartTest.java:21"
    ),
    ("no\n\tat kotlin.test.Assert.fail(Assert.kt:5)\n\tat shop.CartTest.adds(CartTest.kt:9)", "CartTest.kt:9"),
    (
      "no\n\tat org.assertj.core.Fail.fail(Fail.java:1)\n\tat org.assertj.core.Own_Test.a(Own_Test.java:7)",
      "Own_Test.java:7"
    ),
    ("no\n\tat java.base/java.lang.Thread.run(Thread.java:1583)", nil),
    // Python's unittest, and pytest where a library raised
    (
      "Traceback (most recent call last):\n  File \"/w/tests/test_cart.py\", line 14, in test_adds\n    x\n  File \"/usr/lib/python3.11/unittest/case.py\", line 3, in f\nAssertionError: 1 != 2",
      "/w/tests/test_cart.py:14"
    ),
    (
      "tests/test_a.py:17: \n_ _ _\nshop/b.py:9: \n_ _ _\n/v/lib/python3.11/site-packages/requests/api.py:5: ConnectionError",
      "shop/b.py:9"
    ),
    ("test_m.py:2: in <module>\n    x\n<frozen os>:679: in __getitem__\nE   KeyError: 'a'", "test_m.py:2"),
    (
      "/usr/lib/python3.11/ast.py:50: in parse\nE     File \"/b/test_m3.py\", line 1\nE       def a(:\nE   SyntaxError: no",
      "/b/test_m3.py:1"
    ),
    // Go: a message, testify, a panic
    ("internal/cart/cart_test.go:21:3: undefined: total", "internal/cart/cart_test.go:21"),
    ("    cart_test.go:21: want 0\n    cart_test.go:25: want 1", "cart_test.go:21"),
    ("\tError Trace:\t/w/cart_test.go:14\n\t            \t/w/other_test.go:20\n\tError: no", "/w/cart_test.go:14"),
    (
      "panic: no\n\ngoroutine 7 [running]:\ntesting.tRunner.func1()\n\t/usr/local/go/src/testing/testing.go:1631 +0x24a\nshop.add()\n\t/w/shop/cart.go:12 +0x1d\nshop.Test()\n\t/w/shop/cart_test.go:9 +0x1d",
      "/w/shop/cart.go:12"
    ),
    // Rust: new, old, with a backtrace
    ("thread 'x' panicked at src/cart.rs:14:9:\nno", "src/cart.rs:14"),
    ("thread 'x' panicked at 'no', src/cart.rs:14:9", "src/cart.rs:14"),
    (
      "  0: std::panicking\n     at /rustc/9fc6/library/std/src/panicking.rs:652:5\n  1: shop::add\n     at ./src/cart.rs:14:9",
      "./src/cart.rs:14"
    ),
    // Swift, gtest, Catch2, MSVC
    ("/w/Tests/CartTests.swift:20: error: no", "/w/Tests/CartTests.swift:20"),
    ("failed (CartTests.swift#EndingLineNumber=19&StartingLineNumber=19)", "CartTests.swift:20"),
    ("src/cart_test.cc:22\nExpected equality", "src/cart_test.cc:22"),
    ("FAILED:\n  CHECK( x )\nat /srv/add.cpp:12", "/srv/add.cpp:12"),
    ("src\\a_test.cc(22): error: no", "src\\a_test.cc:22"),
    // .NET
    (
      "no\n   at Xunit.Assert.Equal() in /_/src/xunit.assert/Asserts.cs:line 40\n   at Shop.Tests.A() in C:\\s\\CartTests.cs:line 20",
      "C:\\s\\CartTests.cs:20"
    ),
    // RSpec, minitest, PHPUnit, ExUnit
    (
      "Failure/Error: x\n# /usr/local/bundle/gems/rspec/x.rb:3:in `y'\n# ./spec/cart_spec.rb:12:in `block'",
      "./spec/cart_spec.rb:12"
    ),
    ("Failure:\ntest_adds(CartTest) [/w/test/cart_test.rb:12]:\nExpected: 1", "/w/test/cart_test.rb:12"),
    ("CartTest::testAdds\nno\n\n/w/vendor/phpunit/Assert.php:3\n/w/tests/CartTest.php:21", "/w/tests/CartTest.php:21"),
    (
      "test/cart_test.exs:4\nAssertion failed\nstacktrace:\n  (ex_unit 1.15.0) lib/ex_unit/runner.ex:3: f\n  test/cart_test.exs:6: (test)",
      "test/cart_test.exs:6"
    ),
    // no frame at all
    ("expected http://x.com/a.js:12 to load", nil), ("expected 1:2", nil), ("12:30:00 failed", nil), ("", nil),
  ]

  @Test(arguments: stacks) func findsTheInnermostFrameOfTheProject(_ stack: (text: String, place: String?)) {
    #expect(place(stack.text) == stack.place)
    #expect(place(stack.text.replacing("\n", with: "\r\n")) == stack.place)
  }

  @Test func readsAnyBeginningOfAText() {
    for (text, _) in Self.stacks {
      let bytes = Array(text.utf8)
      for end in bytes.indices { _ = bytes[..<end].withUnsafeBytes(FailureLocation.find) }
    }
  }

  @Test func findsTheFrameBehindALongText() {
    let long = String(repeating: "- a line of a long difference\n", count: 10_000)
    #expect(place(long + "    at add (src/cart.js:7:3)") == "src/cart.js:7")
    #expect(place("tests/test_a.py:3: \n" + long) == "tests/test_a.py:3")
  }
}
