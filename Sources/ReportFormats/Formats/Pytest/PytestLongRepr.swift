internal import DataSyntax

/// pytest's account of a failure, printed as pytest prints it.
enum PytestLongRepr {
  private static let separator = String(repeating: "_ ", count: 40)

  /// The failure that a report-log's `longrepr` tells of; nil for null.
  static func fault(_ value: JSONValue) -> PytestAttempt.Fault? {
    switch value {
    case .null: return nil
    case .string(let text): return fault(text: text)
    case .array(let parts) where parts.count == 3:
      // A skip: path, line, reason.
      var fault = PytestAttempt.Fault()
      fault.file = parts[0].string ?? ""
      fault.line = parts[1].int ?? 0
      fault.message = reason(parts[2].string ?? "")
      return fault
    case .object: return fault(object: value)
    case .array, .number, .bool: return nil
    }
  }

  /// The reason of a skip without pytest's prefix.
  static func reason(_ text: String) -> String {
    text.hasPrefix("Skipped: ") ? String(text.dropFirst(9)) : text
  }

  /// The failure that a text tells of, as pytest hands it over where it has no traceback, and under xdist.
  private static func fault(text: String) -> PytestAttempt.Fault {
    var fault = PytestAttempt.Fault()
    if let reason = PytestText.skipReason(text) {
      fault.message = reason
      return fault
    }
    fault.message = PytestText.reason(in: text) ?? text
    if fault.message != text { fault.details = text }
    fault.locate()
    return fault
  }

  private static func fault(object value: JSONValue) -> PytestAttempt.Fault {
    var fault = PytestAttempt.Fault()
    fault.message = value["reprcrash"]?["message"]?.string ?? ""
    let last = lastLocation(value["reprtraceback"])
    if let type = last?["message"]?.string, isTypeName(type) { fault.type = type }
    fault.details = details(value)
    if fault.message.isEmpty { fault.message = PytestText.reason(in: fault.details) ?? "" }
    fault.locate()
    if fault.file.isEmpty, let location = last ?? value["reprcrash"] {
      fault.file = location["path"]?.string ?? ""
      fault.line = location["lineno"]?.int ?? 0
    }
    return fault
  }

  /// Whether a word is the name of an exception and not a sentence.
  static func isTypeName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { XMLBytes.isName($0) }
  }

  private static func lastLocation(_ traceback: JSONValue?) -> JSONValue? {
    let locations = (traceback?["reprentries"]?.array ?? []).compactMap { entry -> JSONValue? in
      guard let location = entry["data"]?["reprfileloc"], location != .null else { return nil }
      return location
    }
    return locations.last
  }

  private static func details(_ value: JSONValue) -> String {
    var lines: [String] = []
    if let chain = value["chain"]?.array {
      for link in chain {
        guard let parts = link.array, let traceback = parts.first else { continue }
        append(traceback, to: &lines)
        if parts.count > 2, let description = parts[2].string { lines += ["", description, ""] }
      }
    }
    if lines.isEmpty, let traceback = value["reprtraceback"] { append(traceback, to: &lines) }
    for section in value["sections"]?.array ?? [] {
      for part in section.array ?? [] { lines += [part.string ?? ""] }
    }
    return lines.joined(separator: "\n")
  }

  private static func append(_ traceback: JSONValue, to lines: inout [String]) {
    let entries = traceback["reprentries"]?.array ?? []
    for (index, entry) in entries.enumerated() {
      guard let data = entry["data"] else { continue }
      append(entry: data, to: &lines)
      if index < entries.count - 1, data["style"]?.string == "long" { lines += [separator, ""] }
    }
    if let extra = traceback["extraline"]?.string { lines.append(extra) }
  }

  /// One frame: arguments, source lines, local variables, then where it is; the short style begins with that.
  private static func append(entry: JSONValue, to lines: inout [String]) {
    let isShort = entry["style"]?.string == "short"
    let location = entry["reprfileloc"].flatMap(line)
    if isShort, let location { lines.append(location) }
    let arguments = (entry["reprfuncargs"]?["args"]?.array ?? []).compactMap { pair -> String? in
      guard let parts = pair.array, parts.count == 2 else { return nil }
      return "\(parts[0].string ?? "") = \(parts[1].string ?? "")"
    }
    if !arguments.isEmpty { lines += [arguments.joined(separator: ", "), ""] }
    let source = (entry["lines"]?.array ?? []).compactMap(\.string)
    lines += source
    let locals = (entry["reprlocals"]?["lines"]?.array ?? []).compactMap(\.string)
    if !locals.isEmpty { lines += [""] + locals }
    if !isShort, let location {
      if !source.isEmpty { lines.append("") }
      lines.append(location)
    }
  }

  private static func line(_ location: JSONValue) -> String? {
    guard let path = location["path"]?.string, let line = location["lineno"]?.int else { return nil }
    return "\(path):\(line): \(location["message"]?.string ?? "")"
  }
}
