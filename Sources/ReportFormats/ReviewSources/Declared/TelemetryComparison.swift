internal import DataSyntax
package import TriageModel

/// Compares the telemetry that a service is to emit with what it emitted: metrics, events or spans by their names.
///
/// Both files hold a list of objects with a `name` (or `metric`), at the top or under one key, or an object of them by
/// name. Labels that are expected must be there with their values, `*` for any; values and times are the run's own.
package enum TelemetryComparison {
  /// What a metric, event or span is.
  package static let kind = ItemKind("telemetry")

  private static let ownFields: Set<String> = [
    "name", "metric", "value", "values", "count", "sum", "time", "timestamp", "ts", "start", "end", "duration",
  ]

  /// An item for each name that is expected, and for each that nobody expects.
  package static func items(
    expected: [UInt8], observed: [UInt8], about subject: String
  ) throws(DeclaredFile.Failure) -> [ReviewItem] {
    let wanted = entries(try DeclaredFile.json(expected))
    if wanted.isEmpty { throw .nothing("expected telemetry") }
    let emitted = Dictionary(grouping: entries(try DeclaredFile.json(observed)), by: \.name)
    var items: [ReviewItem] = []
    for (name, wanted) in Dictionary(grouping: wanted, by: \.name).sorted(by: { $0.key < $1.key }) {
      for wanted in wanted { items.append(item(wanted, among: emitted[name] ?? [], subject)) }
    }
    let known = Set(wanted.map(\.name))
    for (name, entries) in emitted.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
      var item = ReviewItem(kind, about: subject, name, .failed, "it is emitted, and nobody expects it")
      item.type = "unexpected"
      item.pair = ReviewItem.Pair(expected: "", observed: entries.first?.text ?? "")
      items.append(item)
    }
    return items
  }

  private static func item(_ wanted: Entry, among emitted: [Entry], _ subject: String) -> ReviewItem {
    var item = ReviewItem(kind, about: subject, wanted.name, .passed)
    guard let nearest = emitted.min(by: { wanted.differences(from: $0).count < wanted.differences(from: $1).count })
    else {
      (item.outcome, item.type, item.message) = (.failed, "missing", "it is expected, and was not emitted")
      item.pair = ReviewItem.Pair(expected: wanted.text, observed: "")
      return item
    }
    let differences = wanted.differences(from: nearest)
    item.pair = ReviewItem.Pair(expected: wanted.text, observed: nearest.text)
    if !differences.isEmpty {
      (item.outcome, item.type) = (.failed, "changed")
      item.message = differences.prefix(5).joined(separator: "; ")
      item.details = differences.joined(separator: "\n")
    }
    return item
  }

  /// A metric, event or span.
  private struct Entry {
    let name: String
    /// Its fields and labels, flat: `labels.model`.
    var fields: [String: String] = [:]

    var text: String { fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n") }

    /// What another lacks or has otherwise, and what of its labels is not expected, a clause each.
    func differences(from other: Entry) -> [String] {
      var found: [String] = []
      for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
        guard let own = other.fields[key] else {
          found.append("\(key) is missing")
          continue
        }
        if value != "*", !value.isEmpty, own != value { found.append("\(key) is \(own), expected \(value)") }
      }
      guard fields.keys.contains(where: { $0.hasPrefix("labels.") }) else { return found }
      for key in other.fields.keys.sorted() where key.hasPrefix("labels.") && fields[key] == nil {
        found.append("\(key) is not expected")
      }
      return found
    }
  }

  private static func entries(_ value: JSONValue) -> [Entry] {
    if let array = value.array { return array.compactMap { entry($0, named: nil) } }
    guard let members = value.members else { return [] }
    let lists = members.compactMap(\.value.array).filter { $0.contains { entry($0, named: nil) != nil } }
    if !lists.isEmpty { return lists.flatMap { $0.compactMap { entry($0, named: nil) } } }
    return members.compactMap { entry($0.value, named: $0.key) }
  }

  private static func entry(_ value: JSONValue, named key: String?) -> Entry? {
    guard let name = value["name"]?.string ?? value["metric"]?.string ?? key ?? value.string else { return nil }
    var entry = Entry(name: name)
    for member in value.members ?? [] where !ownFields.contains(member.key) {
      let isLabels = ["labels", "tags", "attributes", "dimensions"].contains(member.key)
      let prefix = isLabels ? "labels" : member.key
      if let members = member.value.members {
        for field in members { entry.fields["\(prefix).\(field.key)"] = field.value.shortText }
      } else if let names = member.value.array {
        for name in names.compactMap(\.string) { entry.fields["\(prefix).\(name)"] = "" }
      } else {
        entry.fields[prefix] = member.value.shortText
      }
    }
    return entry
  }
}
