/// How a tool writes a failure: what of it the report gives as type, message and details.
enum FailureWriting: String, CaseIterable {
  case pytest, surefire, gotestsum, jest, dotnet, nextest

  /// A failure of a test as this tool writes it.
  func parts(_ type: String, _ message: String, test: Int, _ noise: inout NoiseMaker) -> [String] {
    let line = noise.number(5, 400)
    switch self {
    case .pytest:
      let text = "\(type): \(message)"
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "E   \($0)" }
      return [
        type, text, "tests/test_a.py:\(line): in test_\(test)\n" + lines.joined(separator: "\n"), "tests/test_a.py",
      ]
    case .surefire:
      let whole =
        "org.acme.\(type): \(message)\n\tat org.acme.Reader.read(Reader.java:\(line))\n\tat org.acme.ReaderTest.t\(test)(ReaderTest.java:\(line + 9))"
      return ["org.acme.\(type)", message, whole, "ReaderTest.java"]
    case .gotestsum:
      return [
        "", "Failed",
        "=== RUN   TestA\(test)\n    a_test.go:\(line): \(type): \(message)\n--- FAIL: TestA\(test) (0.\(line)s)\n",
        "a_test.go",
      ]
    case .jest:
      let frames =
        "    at Object.<anonymous> (src/a.test.js:\(line):\(noise.number(1, 60)))\n    at processTicksAndRejections (node:internal/process/task_queues:95:5)"
      return ["", "", "\(type): \(message)\n\(frames)", "src/a.test.js"]
    case .dotnet:
      return [
        "", "System.\(type) : \(message)",
        "   at Acme.Tests.T\(test)() in /home/ci/\(noise.number(1, 999))/Tests.cs:line \(line)", "",
      ]
    case .nextest:
      // As the reader hands it over: the thread and the place are no part of the reason.
      let text = "\(type): \(message)"
      let head = "thread 'tests::t\(test)' panicked at src/lib.rs:\(line):\(noise.number(1, 60)):"
      return [
        "test failure with exit code 101", text,
        "\(head)\n\(text)\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
        "src/lib.rs",
      ]
    }
  }
}
