internal import TriageModel

/// A change that a tool made to the code to see whether a test notices it: what all its readers share.
struct Mutant {
  static let kind = ItemKind("mutant", judging: .whenNew)
  private static let longestChange = 120
  private static let mostTests = 100

  /// What became of it.
  enum Fate {
    /// Tests ran it and none noticed.
    case survived
    /// No test runs the line.
    case untested
    /// A test noticed; or the time limit, a type check, or a crash did: no run with it is green.
    case caught(String)
    /// It says nothing of the tests: not run, left out, no code that can run.
    case skipped(String)
    /// It ended so that nobody knows whether a test would notice.
    case unclear(String)
  }

  var fate: Fate
  var file = ""
  var line: Int?
  /// The function that it lies in.
  var function = ""
  /// The kind of change, as its tool calls it.
  var operation = ""
  /// The lines before and after.
  var before: [String] = []
  var after: [String] = []
  /// What it is called where its text is not known.
  var label = ""
  /// The change as a unified diff.
  var patch = ""
  var killers: [String] = []
  /// The tests that ran it, or the first of them.
  var tests: [String] = []
  /// How many they are; nil for as many as are named.
  var testCount: Int?
  var duration: Double?
  var facts: [(name: String, value: String)] = []

  init(_ fate: Fate) { self.fate = fate }

  /// The item. Its name has no line and no number that an edit elsewhere would change.
  var item: ReviewItem {
    var item = ReviewItem(Self.kind, about: file, name, .passed)
    switch fate {
    case .survived:
      item.outcome = .failed
      let count = testCount ?? tests.count
      item.message =
        count == 0
        ? "no test notices it"
        : count == 1
          ? "the test that ran it does not notice" : "none of the \(CountText.of(count)) tests that ran it notices"
    case .untested: (item.outcome, item.message) = (.failed, "no test runs it")
    case .caught(let words): item.message = words
    case .skipped(let words): (item.outcome, item.message) = (.skipped, words)
    case .unclear(let words): (item.outcome, item.message) = (.errored, words)
    }
    item.type = operation
    item.details = item.outcome.isFailing ? patch : ""
    item.duration = duration
    if !file.isEmpty { item.location = SourceLocation(file: file, line: line) }
    if !function.isEmpty { item.facts.append(("function", function)) }
    if !operation.isEmpty { item.facts.append(("operator", operation)) }
    for (name, all, count) in [("killed by", killers, killers.count), ("tests", tests, testCount ?? tests.count)]
    where !all.isEmpty {
      let rest = count - min(all.count, Self.mostTests)
      let text = all.prefix(Self.mostTests).joined(separator: ", ")
      item.facts.append((name, text + (rest > 0 ? " … and \(CountText.of(rest)) more" : "")))
    }
    item.facts += facts
    return item
  }

  private var name: String {
    let change = before.isEmpty && after.isEmpty ? "" : Self.oneLine(before) + " → " + Self.oneLine(after)
    let parts = [function, change.isEmpty ? label : change].filter { !$0.isEmpty }.joined(separator: ": ")
    return operation.isEmpty ? parts : parts.isEmpty ? operation : parts + " [" + operation + "]"
  }

  private static func oneLine(_ lines: [String]) -> String {
    let text = lines.lazy.map { $0.split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ") }
      .filter { !$0.isEmpty }.joined(separator: " ")
    if text.isEmpty { return "(nothing)" }
    return text.count > longestChange ? text.prefix(longestChange) + "…" : text
  }

  // MARK: - The change

  /// Takes what changed between two texts of the same lines, and writes it as a diff; `first` is the number of the first
  /// line.
  mutating func setChange(from old: [String], to new: [String], first: Int = 1) {
    let change = LinePatch(of: file, from: old, to: new, first: first, in: function)
    (before, after, patch) = (change.before, change.after, change.text)
  }

  /// Takes a unified diff.
  mutating func setPatch(_ text: String) {
    patch = text
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      if line.hasPrefix("--- ") || line.hasPrefix("+++ ") { continue }
      if line.hasPrefix("-") { before.append(String(line.dropFirst())) }
      if line.hasPrefix("+") { after.append(String(line.dropFirst())) }
    }
  }
}
