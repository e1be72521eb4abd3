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
