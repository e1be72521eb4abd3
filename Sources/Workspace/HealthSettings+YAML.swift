internal import TriageModel

extension HealthSettings {
  /// Reads the mapping under `targets:`, a figure's name or id each; `none` takes the starting target away.
  mutating func readTargets(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    for field in try reader.entries(node, key: "targets") {
      let key = "targets.\(field.key)"
      guard let kind = HealthKind.named(field.key) else {
        throw reader.unknownKey(field, in: "targets", known: HealthKind.all.map(\.name))
      }
      let text = try reader.text(field.value, key: key)
      if text == "none" {
        targets[kind.name] = .some(nil)
        continue
      }
      guard let number = kind.unit.number(text) else {
        throw reader.error(field.value, key, kind.unit.expectation + ", or none")
      }
      targets[kind.name] = number
    }
  }

  /// Reads the mapping under `budget:`.
  mutating func readBudget(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    for field in try reader.entries(node, key: "budget") {
      let key = "budget.\(field.key)"
      let text = try reader.text(field.value, key: key)
      switch field.key {
      case "objective":
        guard let share = HealthUnit.share.number(text), share > 0, share < 1 else {
          throw reader.error(field.value, key, "a share below all, as 99 % or 0.99")
        }
        budget.objective = share
      case "window": budget.days = try Self.days(text, field, reader, key)
      case "long": budget.longDays = try Self.days(text, field, reader, key)
      case "short": budget.shortDays = try Self.days(text, field, reader, key)
      case "alert":
        guard let rate = Double(text), rate.isFinite, rate > 0 else {
          throw reader.error(field.value, key, "a burn rate above 0, as 3")
        }
        budget.alert = rate
      default:
        throw reader.unknownKey(field, in: "budget", known: ["alert", "long", "objective", "short", "window"])
      }
    }
    guard budget.shortDays <= budget.longDays, budget.longDays <= budget.days else {
      throw reader.error(node, "budget", "short to be no longer than long, and long no longer than window")
    }
  }

  private static func days(
    _ text: String, _ field: YAMLNode.Entry, _ reader: YAMLReader, _ key: String
  ) throws(ConfigurationError) -> Int {
    guard let days = Int(text.hasSuffix("d") ? String(text.dropLast()) : text), (1...3650).contains(days) else {
      throw reader.error(field.value, key, "days as 28d")
    }
    return days
  }
}
