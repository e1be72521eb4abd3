internal import SafeText
package import TriageModel

/// What a repository says under `history:`: where runs are kept and how long, and the figures that verdicts
/// hang on.
package struct HistorySettings: Sendable, Equatable {
  /// Days that runs are kept; nil for ever.
  package var keepDays: Int?
  /// The address of a history that a team shares; nil where everybody has their own.
  package var store: String?
  /// The figures that verdicts hang on.
  package var thresholds = Thresholds.standard

  /// What is meant where nothing is said.
  package init() {}
}

extension HistorySettings {
  private static let key = "history"

  /// Reads the mapping under `history:`; what it says for nothing is added to `warnings`.
  init(_ node: YAMLNode, _ reader: YAMLReader, warnings: inout [String]) throws(ConfigurationError) {
    for field in try reader.entries(node, key: Self.key) {
      switch field.key {
      case "keep": keepDays = try Self.days(field, reader)
      case "store": store = try reader.text(field.value, key: "\(Self.key).store")
      case "triage_minutes": try set(field, reader, key: Self.key, &warnings)
      case "thresholds":
        for threshold in try reader.entries(field.value, key: "\(Self.key).thresholds") {
          try set(threshold, reader, key: "\(Self.key).thresholds", &warnings)
        }
      default:
        warnings.append(reader.unknown(field, in: Self.key, known: ["keep", "store", "thresholds", "triage_minutes"]))
      }
    }
  }

  /// `400d`, or `400`.
  private static func days(_ field: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> Int {
    let text = try reader.text(field.value, key: "\(key).keep")
    guard let days = Int(text.hasSuffix("d") ? String(text.dropLast()) : text), (1...1_000_000).contains(days) else {
      throw reader.error(field.value, "\(key).keep", "days as 400d")
    }
    return days
  }

  private mutating func set(
    _ entry: YAMLNode.Entry, _ reader: YAMLReader, key: String, _ warnings: inout [String]
  ) throws(ConfigurationError) {
    guard let field = ThresholdField.named(entry.key) else {
      warnings.append(reader.unknown(entry, in: key, known: ThresholdField.all.map(\.name)))
      return
    }
    let path = "\(key).\(entry.key)"
    let text = try reader.text(entry.value, key: path)
    guard let value = Double(text), field.set(value, in: &thresholds) else {
      let (low, high) = (FigureText.of(field.range.lowerBound), FigureText.of(field.range.upperBound))
      throw reader.error(entry.value, path, "a \(field.isWhole ? "whole number" : "number") between \(low) and \(high)")
    }
  }
}
