internal import SafeText
internal import ItemQueries
internal import TriageModel

/// The test that a command is about, as a person names it.
enum TestChoice {
  /// Where the test lies in runs, newest first; more than one test, or none, is the command's error.
  static func places(of test: String, in runs: [Run]) throws(CommandFailure) -> [TestLookup.Place] {
    let wanted = Sanitizer.line(test, limit: 200)
    switch TestLookup(test, in: runs) {
    case .found(_, let places): return places
    case .several(let ids, let count):
      let more = count > ids.count ? ", and \(count - ids.count) more" : ""
      let shown = ids.map { Sanitizer.line($0, limit: 200) }.joined(separator: ", ")
      throw .wrong("could not choose among \(count) tests that \(wanted) fits: \(shown)\(more)")
    case .none(let near):
      let hint = near.isEmpty ? "" : "; near it: " + near.map { Sanitizer.line($0, limit: 200) }.joined(separator: ", ")
      throw .unreadable("could not find the test \(wanted)\(hint)")
    }
  }
}
