internal import DataSyntax
package import TriageModel

/// What DVC tells of metrics and parameters: `dvc metrics show --json`, `dvc metrics diff --json`, `dvc params diff --json`,
/// and a bare `metrics.json`, if it lies beside a `dvc.yaml` or `dvc.lock`, or in a folder `dvclive`.
///
/// An item is a metric of a file, by its dotted name. Parameters that changed are one item a file, with a fact each. Of
/// several revisions the workspace is read.
package enum DVC: ReviewSource {
  package static let id = "dvc"
  package static let title = "DVC metrics"
  package static let kind = MetricsFile.kind
  package static let names = ReportNames(endings: ["json"], usualPaths: ["dvclive/metrics.json"])
  package static let signs: [FormatSign] = [
    .object([""], saying: ["\"data\""]), .object(["workspace"], saying: ["\"data\""]),
  ]

  package static func recognises(_ head: ReportHead) -> Bool {
    if signs.contains(where: { head.sight.shows($0) }) || DVCDiff.isOne(head.bytes) { return true }
    guard head.name == "metrics.json", head.bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
    let isLive = head.folder == "dvclive" || head.folder.hasSuffix("/dvclive")
    return isLive || head.hasBeside("dvc.yaml") || head.hasBeside("dvc.lock")
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    DVCReader.read(input, into: &builder)
  }
}

private struct DVCReader: JSONUnitReader {
  var writer: CaseWriter
  private static let mostMetrics = 100_000
  private static let mostFacts = 30
  static let units = [""]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ document: JSONNode) {
    guard document.kind == .object else { return writer.lose("it is no object", 0) }
    let workspace = ["", "workspace"].map { name in document.first { $0.key.elementsEqual(name.utf8) } }
    let revision = workspace.compactMap(\.self).first
    let isShown = (revision ?? document.first { _ in true }).map { $0["data"].kind == .object || $0["error"].exists }
    if let shown = revision ?? document.first(where: { _ in true }), isShown == true, shown["old"].kind == .absent {
      readRevision(shown, of: document)
    } else if document.contains(where: DVCDiff.isFile) {
      for file in document { readDifference(file) }
    } else {
      readMetrics(document, of: writer.path)
    }
  }

  // MARK: - Metrics as they are

  private mutating func readRevision(_ revision: JSONNode, of document: JSONNode) {
    let others = document.reduce(-1) { count, _ in count + 1 }
    if others > 0 {
      writer.result.warnings.append("of its revisions the workspace is read, and \(CountText.of(others)) more are not")
    }
    if revision["error"].exists { writer.lose("DVC could not read it: \(Self.error(revision))", 0) }
    for file in revision["data"] {
      let path = String(decoding: file.key, as: UTF8.self)
      if file["error"].exists { writer.lose("DVC could not read \(path): \(Self.error(file))", 0) }
      readMetrics(file["data"], of: path)
    }
  }

  private static func error(_ node: JSONNode) -> String {
    let error = node["error"]
    return SARIFText.line(error["msg"].string ?? error["type"].string ?? error.compactText)
  }

  private mutating func readMetrics(_ tree: JSONNode, of file: String) {
    var found: [(name: String, value: Double)] = []
    Self.collect(tree, "", &found)
    if found.count > Self.mostMetrics { writer.lose("it holds more than \(Self.mostMetrics) metrics", 0) }
    for metric in found.prefix(Self.mostMetrics) { writer.add(item(metric.name, metric.value, of: file)) }
  }

  private static func collect(_ node: JSONNode, _ name: String, _ found: inout [(name: String, value: Double)]) {
    if found.count > mostMetrics { return }
    if let value = node.double { found.append((name.isEmpty ? "value" : name, value)) }
    for (place, child) in node.enumerated() {
      let key = node.kind == .array ? String(place) : String(decoding: child.key, as: UTF8.self)
      collect(child, name.isEmpty ? key : name + "." + key, &found)
    }
  }

  private func item(_ name: String, _ value: Double, of file: String) -> ReviewItem {
    var item = ReviewItem(DVC.kind, about: file, name, value.isFinite ? .passed : .failed)
    item.measure = ReviewItem.Measure(value)
    if !value.isFinite { item.message = "\(name) is no number: \(FigureText.of(value))" }
    return item
  }

  // MARK: - Differences

  private mutating func readDifference(_ file: JSONNode) {
    let path = String(decoding: file.key, as: UTF8.self)
    guard file.kind == .object else { return writer.lose("\(path) is no object", 0) }
    if DVCDiff.isOfParameters(file, path) {
      var item = ReviewItem(DVC.kind, about: path, "(parameters)", .passed)
      let changed = file.filter { $0["old"].compactText != $0["new"].compactText }
      item.message = "\(CountText.of(changed.count, "parameter")) changed"
      for parameter in changed.prefix(Self.mostFacts - 1) {
        let values = [parameter["old"], parameter["new"]].map { $0.exists ? $0.compactText : "(none)" }
        item.facts.append((String(decoding: parameter.key, as: UTF8.self), values.joined(separator: " → ")))
      }
      if changed.count >= Self.mostFacts { item.facts.append(("more", "\(changed.count - Self.mostFacts + 1)")) }
      return writer.add(item)
    }
    for metric in file {
      let name = String(decoding: metric.key, as: UTF8.self)
      let (old, new) = (metric["old"], metric["new"])
      var item = ReviewItem(DVC.kind, about: path, name, .passed)
      if let value = new.double { item = self.item(name, value, of: path) }
      if item.message.isEmpty, old.compactText != new.compactText || !new.exists {
        item.message = old.exists ? "\(old.compactText) → \(new.exists ? new.compactText : "gone")" : "it is new"
      }
      item.pair = ReviewItem.Pair(expected: old.compactText, observed: new.compactText)
      writer.add(item)
    }
  }

  mutating func finish() {}
}

/// The shape of DVC's differences: files, names in them, and `old` beside `new`.
enum DVCDiff {
  private static let endings = [".json", ".yaml", ".yml", ".toml", ".py"]

  static func isFile(_ node: JSONNode) -> Bool {
    isPath(String(decoding: node.key, as: UTF8.self))
      && node.contains { $0.kind == .object && $0["old"].kind != .absent && $0["new"].kind != .absent }
  }

  private static func isPath(_ key: String) -> Bool { endings.contains { key.hasSuffix($0) } }

  /// Whether a file holds parameters: its name says so, or one of them is no number.
  static func isOfParameters(_ file: JSONNode, _ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    if name.hasPrefix("params") { return true }
    return file.contains { value in [value["old"], value["new"]].contains { $0.exists && $0.kind != .number } }
  }

  /// Whether a document begins as one: its first file's first name has both values.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
    var tokenizer = JSONTokenizer(bytes)
    var keys: Set<String> = []
    do throws(JSONError) {
      while let token = try tokenizer.next() {
        if token == .key {
          if tokenizer.depth == 1, !isPath(tokenizer.text) { return false }
          if tokenizer.depth == 3 { keys.insert(tokenizer.text) }
        }
        if tokenizer.depth > 3 { return false }
        if token == .endObject, tokenizer.depth == 2 { break }
        if token == .beginArray, tokenizer.depth < 3 { return false }
      }
    } catch {
      // The beginning of a document breaks off somewhere.
    }
    return keys.isSuperset(of: ["old", "new"])
  }
}
