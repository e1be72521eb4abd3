internal import SafeText
package import TriageModel

/// What comparing two goldens found: the summary, the verdict, and a body that views draw from, row by row.
package struct Comparison: Sendable {
  /// What there is to look at; a body answers for any row at once, however many there are.
  package enum Body: Sendable {
    /// Lines: text, and what could not be read as its kind.
    case text(TextComparison)
    /// Rows and columns: one for CSV, one an array for NPY and NPZ.
    case tables([TableComparison])
    /// Paths: JSON and YAML.
    case tree(TreeComparison)
    /// Pixels.
    case image(ImageComparison)
    /// Neither text nor a kind that is read.
    case bytes(BytesComparison)
    /// Nothing: the sides are the same bytes.
    case none
  }

  /// The id of the kind it was compared as.
  package var kind: String
  /// Whether the bytes are the same.
  package var isIdentical = false
  /// How much differs.
  package var summary: ChangeSummary
  /// What kind of change it is.
  package var drift: Drift
  /// Every difference of two numbers, for judging by another tolerance; nil where numbers mean nothing.
  package var numbers: NumberDifferences?
  /// Differences that no tolerance accepts: words, shapes, rows that only one side has, NaN.
  package var intolerable = 0
  /// What a person should know of how it was compared: limits, fallbacks, what could not be read. A sentence each.
  package var remarks: [String] = []
  /// What there is to look at.
  package var body: Body

  /// A comparison of a kind.
  package init(kind: String, body: Body) {
    self.kind = kind
    self.body = body
    summary = ChangeSummary(unit: "values")
    drift = Drift(.unknown, "not compared yet")
  }

  /// Whether anything differs beyond the tolerance.
  package var differs: Bool { summary.changed > 0 || summary.removed > 0 || summary.added > 0 || intolerable > 0 }

  /// How many differences are left under another tolerance: those of numbers that it does not accept, and all that no
  /// tolerance accepts.
  package func remaining(under tolerance: Tolerance) -> Int {
    intolerable + (numbers?.remaining(under: tolerance) ?? 0)
  }
}

/// Two goldens of no kind that is read: where they begin to differ.
package struct BytesComparison: Sendable, Equatable {
  /// The golden.
  package let expected: [UInt8]
  /// What the run produced.
  package let actual: [UInt8]
  /// The first byte that differs; the shorter side's length when it begins the longer.
  package let firstDifference: Int

  /// A comparison of bytes.
  package init(expected: [UInt8], actual: [UInt8]) {
    self.expected = expected
    self.actual = actual
    firstDifference = ByteRuns.firstDifference(expected, actual)
  }

  /// How many bytes differ at the same place, and how many only one side has behind the other's end.
  var summary: ChangeSummary {
    var summary = ChangeSummary(unit: "bytes")
    let common = min(expected.count, actual.count)
    summary.total = max(expected.count, actual.count)
    summary.removed = expected.count - common
    summary.added = actual.count - common
    expected.withUnsafeBufferPointer { left in
      actual.withUnsafeBufferPointer { right in
        for index in firstDifference..<common where left[index] != right[index] { summary.changed += 1 }
      }
    }
    summary.first = "byte \(firstDifference)"
    summary.worst = summary.first
    return summary
  }
}

extension Comparison {
  /// Says what rules set aside: in the verdict, and in a sentence with the counts.
  mutating func noteSetAside() {
    let found = summary.setAside
    if found.isEmpty { return }
    let list = found.map { "\($0.rule) (\(CountText.of($0.count)))" }.joined(separator: ", ")
    let count = found.reduce(0) { $0 + $1.count }
    remarks.append("\(CountText.of(count, "difference")) set aside by rule: \(list).")
    if !differs, summary.tolerated == 0, drift.kind == .format {
      drift = Drift(.setAside, "only what rules set aside differs: \(list)")
    } else {
      drift = Drift(
        drift.kind, drift.proof + "; \(CountText.of(count)) set aside by rule", with: drift.others + [.setAside])
    }
  }
}

extension ChangeSummary {
  /// Takes counts by the places of rules.
  mutating func take(_ counts: [Int: Int], of rules: [IgnoreRule]) {
    setAside = counts.sorted { $0.key < $1.key }.compactMap { place, count in
      rules.indices.contains(place) ? SetAside(rule: rules[place].source, count: count) : nil
    }
  }
}

/// What differs about two texts as wholes and is no value: line ends, the byte order mark, the end of the last line.
enum FormDifferences {
  /// A clause each.
  static func clauses(_ expected: [UInt8], _ actual: [UInt8]) -> [String] {
    guard !expected.isEmpty, !actual.isEmpty else { return [] }
    var clauses: [String] = []
    let returns = (ends(expected), ends(actual))
    if let before = returns.0, let after = returns.1, before != after {
      clauses.append("line ends \(after ? "LF → CR LF" : "CR LF → LF")")
    }
    let marks = (expected.starts(with: [0xEF, 0xBB, 0xBF]), actual.starts(with: [0xEF, 0xBB, 0xBF]))
    if marks.0 != marks.1 { clauses.append("byte order mark \(marks.1 ? "is new" : "vanished")") }
    let lines = (expected.last == 0x0A, actual.last == 0x0A)
    if lines.0 != lines.1 { clauses.append("the final line end \(lines.1 ? "is new" : "vanished")") }
    return clauses
  }

  /// Whether the first line ends with a carriage return; nil where no line ends.
  private static func ends(_ bytes: [UInt8]) -> Bool? {
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    return end > 0 && bytes[end - 1] == 0x0D
  }
}

extension Comparison {
  /// Says of two trees what their values do not: in a sentence, and where nothing else differs as the proof.
  mutating func noteForms(_ expected: [UInt8], _ actual: [UInt8]) {
    guard case .tree = body else { return }
    let clauses = FormDifferences.clauses(expected, actual)
    if clauses.isEmpty { return }
    remarks += clauses.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    if drift.kind == .format { drift.proof += "; " + clauses.joined(separator: "; ") }
  }
}
