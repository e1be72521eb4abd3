internal import DataSyntax
internal import TriageModel

/// One result, as an item.
struct SARIFFinding {
  private static let longestName = 200
  private static let mostSteps = 100
  private static let mostFixBytes = 1 << 18

  private let result: JSONNode
  private let run: SARIFRun
  private let id: String
  private let rule: SARIFRun.Rule?
  private let component: SARIFRun.Component
  /// Where it lies first of all.
  private let place: SARIFPlace?

  init(_ result: JSONNode, _ run: SARIFRun) {
    self.result = result
    self.run = run
    (id, rule, component) = run.rule(of: result)
    place = result["locations"].first { _ in true }.map { SARIFPlace($0) }
  }

  func item(_ writer: inout CaseWriter) -> ReviewItem {
    let message = text(SARIFMessage(result["message"]))
    let location = place.flatMap { self.location($0, &writer) }
    let line = SARIFText.line(message)
    let (outcome, reason) = judgement()
    var item = ReviewItem(
      SARIF.kind, about: [run.components[0].name, id].filter { !$0.isEmpty }.joined(separator: " "),
      name(location?.file ?? place.map(run.name) ?? "", line), outcome)
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

  private func text(_ message: SARIFMessage) -> String {
    let id = message.id
    let stored = id.flatMap { rule?.messages[$0] ?? component.messages[$0] ?? run.components[0].messages[$0] }
    guard let text = message.text ?? stored else {
      return id.map { "(the report does not hold its message \u{201C}\($0)\u{201D})" } ?? ""
    }
    return SARIFText.unlinked(SARIFText.filled(text, message.arguments))
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
        let title = [flow, thread].lazy.map { text(SARIFMessage($0["message"])) }.first { !$0.isEmpty } ?? "flow"
        parts.append(steps(title, thread["locations"].map { run.step($0) }, &writer))
      }
    }
    for stack in result["stacks"].prefix(Self.mostSteps) {
      let title = text(SARIFMessage(stack["message"]))
      let frames = stack["frames"].map { SARIFRun.Step.place(SARIFPlace($0["location"])) }
      parts.append(steps(title.isEmpty ? "stack" : title, frames, &writer))
    }
    let others = result["locations"].dropFirst() + result["relatedLocations"].map { $0 }
    if !others.isEmpty { parts.append(steps("see also", others.map { .place(SARIFPlace($0)) }, &writer)) }
    parts += fixes(&writer)
    return parts.joined(separator: "\n\n")
  }

  /// Numbered places with what is said of them.
  private func steps(_ title: String, _ steps: [SARIFRun.Step], _ writer: inout CaseWriter) -> String {
    var lines = [SARIFText.line(title) + ":"]
    for (number, step) in steps.prefix(Self.mostSteps).enumerated() {
      switch step {
      case .place(let place):
        let file = location(place, &writer).map { $0.file + ($0.line.map { ":\($0)" } ?? "") } ?? ""
        let lost = run.lost(of: place)
        let words = [run.name(of: place), lost.isEmpty ? "" : "(\(lost))", SARIFText.line(text(place.message))]
        let parts = ([file] + words).filter { !$0.isEmpty }
        lines.append("\(number + 1). " + (parts.isEmpty ? "(no place)" : parts.joined(separator: "  ")))
      case .lost(let words): lines.append("\(number + 1). (\(words))")
      }
    }
    if steps.count > Self.mostSteps { lines.append("… and \(steps.count - Self.mostSteps) more") }
    return lines.joined(separator: "\n")
  }

  /// What the tool proposes to change: its words, and a patch of each file.
  private func fixes(_ writer: inout CaseWriter) -> [String] {
    var parts: [String] = []
    var size = 0
    if !result["fixes"].exists { return [] }
    let sources = sources(&writer)
    for fix in result["fixes"].prefix(Self.mostSteps) {
      let words = text(SARIFMessage(fix["description"]))
      let changes = fix["artifactChanges"].map { $0 }.prefix(Self.mostSteps)
      if !words.isEmpty || !changes.isEmpty { parts.append("fix: " + (words.isEmpty ? "(not described)" : words)) }
      for change in changes {
        if size > Self.mostFixBytes { return parts + ["… and more changes, beyond \(Self.mostFixBytes) bytes of them"] }
        let place = SARIFPlace(ofFile: change["artifactLocation"])
        let file = location(place, &writer)?.file ?? "(no file)"
        let lost = run.lost(of: place)
        let fix = SARIFFix(change, file: lost.isEmpty ? file : "(\(lost))")
        let patch = fix.patch(sources[file] ?? [])
        size += patch.utf8.count
        parts.append(patch)
      }
    }
    return parts
  }

  /// The lines that the result holds, by their files.
  private func sources(_ writer: inout CaseWriter) -> [String: [SARIFFix.Source]] {
    var sources: [String: [SARIFFix.Source]] = [:]
    for list in [result["locations"], result["relatedLocations"]] {
      for node in list.prefix(Self.mostSteps) {
        let physical = node["physicalLocation"]
        let found = [physical["contextRegion"], physical["region"]].compactMap(SARIFFix.Source.init)
        if !found.isEmpty, let file = location(SARIFPlace(node), &writer)?.file {
          sources[file, default: []] += found
        }
      }
    }
    return sources
  }

  /// The source lines of a region with their numbers.
  private static func lines(_ region: JSONNode) -> String {
    guard let text = region["snippet"]["text"].string, !text.isEmpty else { return "" }
    let first = region["startLine"].int.map { min(max($0, 0), 1 << 31) }
    return SARIFText.lines(text).prefix(mostSteps).enumerated()
      .map { number, line in first.map { "\($0 + number) | \(line)" } ?? "| \(line)" }.joined(separator: "\n")
  }

  // MARK: - Places

  private func location(_ place: SARIFPlace, _ writer: inout CaseWriter) -> SourceLocation? {
    guard let path = run.path(of: place), !path.uri.isEmpty else { return nil }
    return SourceLocation(file: file(path, &writer), line: place.line)
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
      ("in", place.map(run.name) ?? ""), ("lost", place.map(run.lost) ?? ""),
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
