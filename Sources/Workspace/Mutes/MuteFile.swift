internal import DataSyntax
internal import SafeText
package import TriageModel

/// The mutes of a repository: a list of entries that people may also write by hand.
///
/// assay writes an entry a line, so that branches merge; edits leave every other line as it stands.
package struct MuteFile: Sendable, Equatable {
  /// The file, relative to the repository.
  package static let path = ".assay/mutes.yaml"
  /// Values of a file: some thousands of mutes.
  private static let nodeLimit = 200_000

  /// An entry that says nothing, or not enough.
  package struct Problem: Sendable, Equatable {
    /// Its line, from 1.
    package let line: Int
    /// What is wrong, as a sentence that names the file and the line.
    package let words: String
  }

  /// A mute with the lines that it is written on.
  struct Entry: Equatable {
    let mute: Mute
    /// Indices of its lines, with its dash and without what stands behind it.
    let lines: Range<Int>
    /// Indices of the lines that its keys stand on.
    let keys: [String: Int]
  }

  private(set) var entries: [Entry] = []
  /// Entries that mute nothing.
  package private(set) var problems: [Problem] = []
  /// The lines of the text, without their ends.
  let lines: [Substring]

  /// The text of the file.
  package let text: String

  /// The mutes, in the order of the file.
  package var mutes: [Mute] { entries.map(\.mute) }

  /// Reads the mutes of a repository; without a file, or without a repository, there are none.
  package init(repository: Repository?) throws(ConfigurationError) {
    let text = try repository.flatMap { repository throws(ConfigurationError) in
      try TextFile.read(repository.root + "/" + Self.path, shownAs: Self.path)
    }
    try self.init(text: text ?? "")
  }

  /// Reads mutes from the text of the file; an error says that no mute holds.
  package init(text: String) throws(ConfigurationError) {
    self.text = text
    // By scalars: a carriage return and the line's end behind it are one Character.
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
    if let marked = lines.firstIndex(where: Self.isConflict) {
      throw ConfigurationError(file: Self.path, line: marked + 1, cause: .syntax("a merge conflict's mark"))
    }
    let items: [YAMLNode]
    switch try YAMLDocument.read(text, file: Self.path, nodeLimit: Self.nodeLimit) {
    case .empty: items = []
    case .list(let list, _): items = list
    case .scalar(_, let line), .mapping(_, let line):
      throw ConfigurationError(file: Self.path, line: line, cause: .expected("a list of mutes"))
    }
    let starts = items.map { start(of: $0) }
    for (index, item) in items.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : lines.count
      read(item, from: starts[index], to: max(end, starts[index] + 1))
    }
    findDoubles()
  }

  private static func isConflict(_ line: Substring) -> Bool {
    ["<<<<<<< ", ">>>>>>> "].contains { line.hasPrefix($0) }
      || line.hasPrefix("=======") && line.allSatisfy { $0 == "=" || $0.isWhitespace }
  }

  /// The line of an item's dash: its first key's, or the one before where the dash stands alone.
  private func start(of item: YAMLNode) -> Int {
    var index = min(max(0, item.line - 1), max(0, lines.count - 1))
    if case .mapping(let entries, _) = item, let first = entries.map(\.line).min() { index = max(0, first - 1) }
    while index > 0, !lines[index].drop(while: \.isWhitespace).hasPrefix("-") { index -= 1 }
    return index
  }

  private mutating func read(_ item: YAMLNode, from start: Int, to end: Int) {
    do throws(ConfigurationError) {
      let mute = try Mute(item, YAMLReader(file: Self.path))
      var last = end
      while last > start + 1, Self.isEmptyOrComment(lines[last - 1]) { last -= 1 }
      var keys: [String: Int] = [:]
      if case .mapping(let fields, _) = item { for field in fields { keys[field.key] = field.line - 1 } }
      entries.append(Entry(mute: mute, lines: start..<last, keys: keys))
    } catch {
      problems.append(Problem(line: error.line ?? item.line, words: "\(error)"))
    }
  }

  static func isEmptyOrComment(_ line: Substring) -> Bool {
    let text = line.drop(while: \.isWhitespace)
    return text.isEmpty || text.hasPrefix("#")
  }

  /// Of mutes about the same the one that ends first holds: whoever meant less is not overruled.
  private mutating func findDoubles() {
    var first: [String: Int] = [:]
    var dropped: Set<Int> = []
    for (index, entry) in entries.enumerated() {
      let subject = entry.mute.subject
      guard let other = first[subject] else {
        first[subject] = index
        continue
      }
      let isEarlier = entry.mute.expires < entries[other].mute.expires
      dropped.insert(isEarlier ? other : index)
      if isEarlier { first[subject] = index }
      let line = entry.lines.lowerBound + 1
      let words =
        "\(Self.path):\(line): the same is muted in line \(entries[other].lines.lowerBound + 1); what ends first holds"
      problems.append(Problem(line: line, words: words))
    }
    entries = entries.enumerated().filter { !dropped.contains($0.offset) }.map(\.element)
  }
}

extension Mute {
  static let keys = [
    "test", "glob", "signature", "labels", "ticket", "reason", "owner", "by", "created", "expires", "passes",
  ]

  /// Reads an entry of the file.
  fileprivate init(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    var scope: Scope?
    var labels: [String: String] = [:]
    var values: [String: YAMLNode] = [:]
    for field in try reader.entries(node) {
      guard Self.keys.contains(field.key) else {
        throw reader.error(.empty(line: field.line), field.key, "one of \(Self.keys.joined(separator: ", "))")
      }
      if ["test", "glob"].contains(field.key) {
        guard scope == nil else { throw reader.error(field.value, field.key, "a test or a glob, not both") }
        let text = try Self.text(field.value, field.key, reader)
        if field.key == "glob", !TestPattern(text).isGlob {
          throw reader.error(field.value, "glob", "a pattern with * or ? (a single test stands under test)")
        }
        if field.key == "glob", !text.contains(where: { $0.isLetter || $0.isNumber }) {
          throw reader.error(field.value, "glob", "a pattern that does not fit every test")
        }
        scope = field.key == "test" ? .test(StableName.of(text)) : .glob(text)
      } else if field.key == "labels" {
        for label in try reader.entries(field.value, key: "labels") {
          labels[label.key] = try reader.text(label.value, key: "labels.\(label.key)")
        }
      } else {
        values[field.key] = field.value
      }
    }
    func text(_ key: String) throws(ConfigurationError) -> String? {
      guard let value = values[key] else { return nil }
      return try Self.text(value, key, reader)
    }
    guard let scope else { throw reader.error(node, "", "a test or a glob") }
    guard let ticket = try text("ticket") else { throw reader.error(node, "", "a ticket") }
    guard let reason = try text("reason") else { throw reader.error(node, "", "a reason") }
    guard let expires = try Self.day("expires", values, reader) else { throw reader.error(node, "", "expires, a day") }
    self.init(scope, ticket: ticket, reason: reason, expires: expires)
    self.labels = labels
    owner = try text("owner")
    author = try text("by")
    created = try Self.day("created", values, reader)
    if let value = values["signature"] {
      guard let key = SignatureKey(text: try reader.text(value, key: "signature")) else {
        throw reader.error(value, "signature", "16 digits and letters a to f")
      }
      signature = key
    }
    if let value = values["passes"] {
      guard let count = Int(try reader.text(value, key: "passes")), (1...1_000_000).contains(count) else {
        throw reader.error(value, "passes", "a whole number from 1")
      }
      passes = count
    }
  }

  private static func text(_ node: YAMLNode, _ key: String, _ reader: YAMLReader) throws(ConfigurationError) -> String {
    let text = try reader.text(node, key: key)
    guard text.contains(where: { !$0.isWhitespace }) else { throw reader.error(node, key, "a text that is not empty") }
    return text
  }

  private static func day(
    _ key: String, _ values: [String: YAMLNode], _ reader: YAMLReader
  ) throws(ConfigurationError) -> Day? {
    guard let value = values[key] else { return nil }
    guard let day = Day(text: try reader.text(value, key: key)) else {
      throw reader.error(value, key, "a day that exists, as 2026-12-31")
    }
    return day
  }

  /// The entry in one line, as assay writes it.
  var line: String {
    var fields: [(String, String)] = []
    switch scope {
    case .test(let name): fields.append(("test", Self.quoted(name)))
    case .glob(let pattern): fields.append(("glob", Self.quoted(pattern)))
    }
    if let signature { fields.append(("signature", Self.quoted(signature.text))) }
    if !labels.isEmpty {
      let labels = labels.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)): \(Self.quoted($0.value))" }
      fields.append(("labels", "{\(labels.joined(separator: ", "))}"))
    }
    fields += [("ticket", Self.quoted(ticket)), ("expires", expires.description), ("reason", Self.quoted(reason))]
    for (key, value) in [("owner", owner), ("by", author)] {
      if let value { fields.append((key, Self.quoted(value))) }
    }
    if let created { fields.append(("created", created.description)) }
    if let passes { fields.append(("passes", String(passes))) }
    return "- {" + fields.map { "\($0): \($1)" }.joined(separator: ", ") + "}"
  }

  /// A text as JSON writes it, which YAML reads as well.
  static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
