internal import DataSyntax
internal import TriageModel

/// One result, as an item.
struct SARIFFinding {
  private static let longestName = 200
  private static let mostSteps = 100

  private let result: JSONNode
  private let run: SARIFRun
  private let id: String
  private let rule: SARIFRun.Rule?
  private let component: SARIFRun.Component

  init(_ result: JSONNode, _ run: SARIFRun) {
    self.result = result
    self.run = run
    (id, rule, component) = run.rule(of: result)
  }

  func item(_ writer: inout CaseWriter) -> ReviewItem {
    let message = text(result["message"])
    let place = result["locations"].first { _ in true }
    let location = place.flatMap { self.location($0["physicalLocation"], &writer) }
    let line = SARIFText.line(message)
    let (outcome, reason) = judgement()
    var item = ReviewItem(
      SARIF.kind, about: [run.components[0].name, id].filter { !$0.isEmpty }.joined(separator: " "),
      name(location?.file ?? place.map(Self.logicalName) ?? "", line), outcome)
    item.type = id
    item.location = location
    item.message = reason.isEmpty ? line : reason
    item.details = details(message, isSaid: reason.isEmpty, &writer)
    item.facts = facts()
    return item
  }

  /// What stays the same from run to run: the file, and the fingerprint or the message without its numbers.
  private func name(_ file: String, _ message: String) -> String {
    if let fingerprint { return file.isEmpty ? fingerprint : "\(file) [\(fingerprint)]" }
    let message = String(SARIFText.withoutNumbers(message).prefix(Self.longestName))
    return [file, message].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  private var fingerprint: String? {
    for marks in [result["fingerprints"], result["partialFingerprints"]] {
      let marks = marks.compactMap { mark -> (key: String, value: String)? in
        // Some tools write a sentence where they keep the mark to themselves.
        guard let value = mark.string, !value.isEmpty, !value.contains(" ") else { return nil }
        return (String(decoding: mark.key, as: UTF8.self), value)
      }.sorted { $0.key < $1.key }
      guard let mark = marks.first(where: { $0.key.hasPrefix("primaryLocationLineHash") }) ?? marks.first else {
        continue
      }
      if mark.value.utf8.count <= 24 { return mark.value }
      let hash = mark.value.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
      return String(hash, radix: 16)
    }
    return nil
  }

  // MARK: - How it ended

  /// The outcome, and why it is not to be looked at, or cannot be told.
  private func judgement() -> (Outcome, String) {
    switch result["kind"].string ?? "fail" {
    case "pass": return (.passed, "")
    case "informational", "notApplicable": return (.skipped, "")
    case "fail":
      let level = level
      if level == "note" || level == "none" { return (.passed, "") }
      if level != "error", level != "warning" {
        return (.errored, "the report calls its level \u{201C}\(level.prefix(40))\u{201D}, which is not known")
      }
    case "open", "review": break
    case let kind: return (.errored, "the report calls it \u{201C}\(kind.prefix(40))\u{201D}, which is not known")
    }
    if let reason = suppression { return (.expectedFailure, reason) }
    switch result["baselineState"].string {
    case "unchanged": return (.expectedFailure, "unchanged against its own baseline")
    case "updated": return (.expectedFailure, "known to its own baseline, and changed since")
    default: return (.failed, "")
    }
  }

  private var level: String {
    if let level = result["level"].string { return level }
    if let call = result["provenance"]["invocationIndex"].int, run.overrides.indices.contains(call),
      let level = run.overrides[call][id]
    {
      return level
    }
    return rule?.level ?? "warning"
  }

  /// Why it is suppressed; nil when it is not.
  private var suppression: String? {
    for suppression in result["suppressions"] where suppression.kind == .object {
      let status = suppression["status"]
      guard !status.exists || status.says("accepted") else { continue }
      let place = suppression["kind"].says("inSource") ? "suppressed in the source" : "suppressed outside the source"
      let reason = suppression["justification"].string.map(SARIFText.line) ?? ""
      return reason.isEmpty ? place : place + ": " + reason
    }
    return nil
  }

  // MARK: - Texts

  private func text(_ message: JSONNode) -> String {
    let id = message["id"].string
    let stored = id.flatMap { rule?.messages[$0] ?? component.messages[$0] ?? run.components[0].messages[$0] }
    guard let text = message["text"].string ?? stored ?? message["markdown"].string else {
      return id.map { "(the report does not hold its message \u{201C}\($0)\u{201D})" } ?? ""
    }
    return SARIFText.unlinked(SARIFText.filled(text, message["arguments"].map { $0.string ?? $0.compactText }))
  }

  private func details(_ message: String, isSaid: Bool, _ writer: inout CaseWriter) -> String {
    var parts = !isSaid || message.contains("\n") ? [message] : []
    for place in result["locations"].prefix(Self.mostSteps) {
      let region = place["physicalLocation"]["contextRegion"]
      let source = region["snippet"].exists ? region : place["physicalLocation"]["region"]
      let lines = Self.lines(source)
      if !lines.isEmpty { parts.append(lines) }
    }
    for flow in result["codeFlows"].prefix(Self.mostSteps) {
      for thread in flow["threadFlows"].prefix(Self.mostSteps) {
        let title = [text(flow["message"]), text(thread["message"])].first { !$0.isEmpty } ?? "flow"
        parts.append(steps(title, thread["locations"].map { $0["location"] }, &writer))
      }
    }
    for stack in result["stacks"].prefix(Self.mostSteps) {
      let title = text(stack["message"])
      parts.append(steps(title.isEmpty ? "stack" : title, stack["frames"].map { $0["location"] }, &writer))
    }
    let others = result["locations"].dropFirst() + result["relatedLocations"].map { $0 }
    if !others.isEmpty { parts.append(steps("see also", others, &writer)) }
    for fix in result["fixes"].prefix(Self.mostSteps) {
      let words = text(fix["description"])
      if !words.isEmpty { parts.append("fix: " + words) }
    }
    return parts.joined(separator: "\n\n")
  }

  /// Numbered places with what is said of them.
  private func steps(_ title: String, _ places: [JSONNode], _ writer: inout CaseWriter) -> String {
    var lines = [SARIFText.line(title) + ":"]
    for (number, place) in places.prefix(Self.mostSteps).enumerated() {
      let location = location(place["physicalLocation"], &writer)
      let file = location.map { $0.file + ($0.line.map { ":\($0)" } ?? "") } ?? ""
      let words = SARIFText.line(text(place["message"]))
      let parts = [file, Self.logicalName(place), words].filter { !$0.isEmpty }
      lines.append("\(number + 1). " + (parts.isEmpty ? "(no place)" : parts.joined(separator: "  ")))
    }
    if places.count > Self.mostSteps { lines.append("… and \(places.count - Self.mostSteps) more") }
    return lines.joined(separator: "\n")
  }

  private static func logicalName(_ place: JSONNode) -> String {
    place["logicalLocations"].lazy.compactMap { $0["fullyQualifiedName"].string ?? $0["name"].string }.first ?? ""
  }

  /// The source lines of a region with their numbers.
  private static func lines(_ region: JSONNode) -> String {
    guard let text = region["snippet"]["text"].string, !text.isEmpty else { return "" }
    let first = region["startLine"].int.map { min(max($0, 0), 1 << 31) }
    return (text.hasSuffix("\n") ? text.dropLast() : text[...]).split(separator: "\n", omittingEmptySubsequences: false)
      .prefix(mostSteps).enumerated()
      .map { number, line in first.map { "\($0 + number) | \(line)" } ?? "| \(line)" }.joined(separator: "\n")
  }

  // MARK: - Places

  private func location(_ physical: JSONNode, _ writer: inout CaseWriter) -> SourceLocation? {
    let artifact = physical["artifactLocation"]
    var path = SARIFRun.path(artifact)
    if path == nil, let index = artifact["index"].int, run.artifacts.indices.contains(index) {
      path = run.artifacts[index]
    }
    guard let path, !path.uri.isEmpty else { return nil }
    let line = physical["region"]["startLine"].int.flatMap { $0 > 0 ? $0 : nil }
    return SourceLocation(file: file(path, &writer), line: line)
  }

  /// A file as the repository has it: below the bases of its path as far as these lie in it.
  private func file(_ path: SARIFRun.Path, _ writer: inout CaseWriter) -> String {
    var relative = SARIFPath.decoded(path.uri)
    var root = SARIFPath.isAbsolute(path.uri) ? "" : nil as String?
    var base = path.base
    // Bases may go in circles.
    for _ in 0..<10 where root == nil {
      guard let name = base, let next = run.bases[name], !next.uri.isEmpty else { break }
      if SARIFPath.isAbsolute(next.uri) {
        root = SARIFPath.local(next.uri) ?? ""
      } else {
        relative = SARIFPath.decoded(next.uri) + (next.uri.hasSuffix("/") ? "" : "/") + relative
        base = next.base
      }
    }
    guard let root else { return Self.text(writer.file(Array(relative.utf8)[...])) }
    let isAlone = SARIFPath.isAbsolute(path.uri)
    guard let whole = isAlone ? SARIFPath.local(path.uri) : root + (root.hasSuffix("/") ? "" : "/") + relative else {
      return relative
    }
    let known = Self.text(writer.file(Array(whole.utf8)[...]))
    if known != whole { return known }
    if !isAlone { return Self.text(writer.file(Array(relative.utf8)[...])) }
    let folder = run.roots.filter { whole.hasPrefix($0) && whole != $0 }.max { $0.utf8.count < $1.utf8.count }
    return folder.map { String(whole.dropFirst($0.count)) } ?? whole
  }

  private static func text(_ file: CaseWriter.File) -> String { String(decoding: file.bytes, as: UTF8.self) }

  // MARK: - Facts

  private func facts() -> [(name: String, value: String)] {
    let tool = run.components[0]
    var facts = [("level", result["kind"].string == nil ? level : ""), ("kind", result["kind"].string ?? "")]
    facts += [("rule", rule?.title ?? ""), ("help", rule?.help ?? "")]
    facts += (rule?.properties ?? []).map { ($0.name, $0.value) }
    facts += [
      ("tool", [tool.name, tool.version].filter { !$0.isEmpty }.joined(separator: " ")), ("category", run.category),
      ("in", result["locations"].first { _ in true }.map(Self.logicalName) ?? ""),
      ("baseline", result["baselineState"].string ?? ""), ("rank", result["rank"].compactText),
      ("occurrences", result["occurrenceCount"].compactText),
      ("taxa", result["taxa"].compactMap { $0["id"].string }.joined(separator: ", ")),
      ("work items", result["workItemUris"].compactMap(\.string).joined(separator: ", ")),
    ]
    for suppression in result["suppressions"].prefix(5) {
      guard let status = suppression["status"].string else { continue }
      let reason = suppression["justification"].string.map { ": " + $0 } ?? ""
      facts.append(("suppression", status + reason))
    }
    return facts.filter { !$0.1.isEmpty }.map { (name: $0.0, value: String(SARIFText.line($0.1).prefix(500))) }
  }
}
