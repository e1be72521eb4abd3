internal import TriageModel

/// Makes the items of a report of coverage: one a file, and one of all files.
struct CoverageItems {
  static let kind = ItemKind("coverage", judging: .againstBase)
  /// What the item of all files is called; no file is called so.
  static let total = "(all files)"

  private var sum = CoverageCount()
  private var files = 0

  /// Adds a file, whose path is as it should be known.
  mutating func add(
    _ path: String, _ lines: inout CoveredLines, facts: [(name: String, value: String)] = [],
    to writer: inout CaseWriter
  ) {
    lines.settle()
    let count = lines.count
    var item = Self.item(path.isEmpty ? "(no name)" : path, count)
    if !path.isEmpty { item.location = SourceLocation(file: path, line: lines.firstMissing) }
    for (name, isHit) in [(LineRanges.missingFact, false), (LineRanges.coveredFact, true)] {
      let text = LineRanges.text(of: lines.numbers(isHit: isHit))
      if !text.isEmpty { item.facts.append((name, text)) }
    }
    item.facts += facts
    writer.add(item)
    sum.add(count)
    files += 1
  }

  /// Adds the item of all files, and compares it with what the report says of itself.
  mutating func finish(declared: (lines: Int?, covered: Int?) = (nil, nil), to writer: inout CaseWriter) {
    if files > 0 {
      var item = Self.item(Self.total, sum)
      item.facts.append(("files", String(files)))
      writer.add(item)
    }
    Self.check(declared, sum, of: "it", &writer)
  }

  /// Compares numbers that are declared with those held.
  static func check(
    _ declared: (lines: Int?, covered: Int?), _ count: CoverageCount, of what: String, _ writer: inout CaseWriter
  ) {
    let lines = declared.lines ?? count.lines
    let covered = declared.covered ?? count.covered
    if lines == count.lines, covered == count.covered { return }
    if lines == count.lines || lines > count.lines {
      writer.lose("\(what) says that \(covered) of \(lines) lines ran and lists \(count.covered) of \(count.lines)", 0)
    } else if writer.result.warnings.count < 100 {
      writer.result.warnings.append("\(what) says \(CountText.of(lines, "line")) and lists \(count.lines)")
    }
  }

  private static func item(_ name: String, _ count: CoverageCount) -> ReviewItem {
    var item = ReviewItem(kind, about: "", name, .passed)
    if count.lines > 0 {
      let percent = Double(count.covered) / Double(count.lines) * 100
      item.measure = ReviewItem.Measure(percent, unit: "%", better: .higher)
      item.message =
        "\(CountText.of(count.covered)) of \(CountText.of(count.lines, "line")) ran (\(FigureText.of(percent)) %)"
    } else {
      item.message = "it has no lines to run"
    }
    item.facts = [("covered", String(count.covered)), ("lines", String(count.lines))]
    if count.branches > 0 { item.facts.append(("branches", "\(count.coveredBranches) of \(count.branches)")) }
    return item
  }
}

extension CaseWriter {
  /// A path of a source file as it stays from machine to machine: with slashes, below the repository where that has it.
  ///
  /// `roots` are folders that it may be relative to.
  mutating func sourcePath(_ path: ArraySlice<UInt8>, below roots: [String] = []) -> String {
    let slashed = path.contains(0x5C) ? path.map { $0 == 0x5C ? 0x2F : $0 }[...] : path
    let own = String(decoding: file(slashed).bytes, as: UTF8.self)
    if own.hasPrefix("/") || own.dropFirst().first == ":" || repositoryHas(own) { return own }
    for root in roots {
      let folder = root.replacing("\\", with: "/")
      let whole = folder.isEmpty || folder.hasSuffix("/") ? folder + own : folder + "/" + own
      let kept = String(decoding: file(Array(whole.utf8)[...]).bytes, as: UTF8.self)
      if repositoryHas(kept) { return kept }
    }
    return own
  }

  /// Whether a count of runs is one at all, and above zero: they may be larger than any number, or below zero by mistake.
  static func isHit(_ count: ArraySlice<UInt8>) -> Bool? {
    let digits = count.first == 0x2D ? count.dropFirst() : count
    guard let first = digits.first, (0x30...0x39).contains(first) else { return nil }
    return digits.startIndex == count.startIndex && digits.contains { (0x31...0x39).contains($0) }
  }
}
