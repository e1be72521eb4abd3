internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageStyle

extension DocumentBuilder {
  /// What a test printed beside the last green run and the run before.
  mutating func addComparedOutput(of test: TestIndex) {
    let others = ComparedRuns(to: test, at: index, among: sources.runs)
    let own = MaskedOutput(of: test, in: run.table)
    var merged = MergedText(own.lines, of: .this)
    addSide("t", "this run", ComparedRuns.Found(run: run, test: test), own)
    if let before = others.before {
      let isGreen = others.isBeforeGreen
      let output = MaskedOutput(of: before.test, in: before.run.table)
      addSide(isGreen ? "g" : "b", isGreen ? "the run before, green" : "the run before", before, output)
      if !output.lines.isEmpty { merged.merge(output.lines, of: isGreen ? .green : .before) }
    }
    if let green = others.green {
      let output = MaskedOutput(of: green.test, in: green.run.table)
      addSide("g", "the last green run", green, output)
      if !output.lines.isEmpty { merged.merge(output.lines, of: .green) }
    }
    addMissing(others, test)
    add(Line())
    if own.lines.isEmpty { add(Line("This run kept no output of the test.", .dim)) }
    if merged.sides == .this, others.before != nil, !own.lines.isEmpty {
      add(Line("There is nothing to compare it with: the other runs kept no output of the test.", .dim))
    }
    if merged.isLimited {
      add(Line("Aligning stopped early: some lines that are the same stand apart.", .truncated))
    }
    if merged.sides != .this, !own.lines.isEmpty, merged.differences == 0 {
      add(Line("Nothing differs but what is masked: numbers, times, paths, identifiers.", .bright))
      add(Line())
    }
    for part in merged.folded() { add(ComparedLine.of(part, merged.sides)) }
    if own.cut > 0 { add(Line("… \(CountText.of(own.cut, "more line")) not compared", .truncated)) }
  }

  private mutating func addSide(_ mark: Character, _ words: String, _ side: ComparedRuns.Found, _ output: MaskedOutput)
  {
    let outcome = side.run.table.outcome(of: side.test)
    var line = Line("\(mark)  ", .bright, .bold)
    line.append(words.filled(to: 22), .dim)
    line.append(Sanitizer.line(side.run.info.name, limit: 60))
    line.append("  \(outcome.glyph) \(outcome.words)", outcome.role)
    line.append("  " + Sanitizer.line(RunRecord(side.run.info).commitWords, limit: 100), .dim)
    if output.lines.isEmpty { line.append("  no output was kept", .warning) }
    add(line, to: .run(side.run.info.identity))
  }

  /// Says which runs would tell more, and how to open them.
  private mutating func addMissing(_ others: ComparedRuns, _ test: TestIndex) {
    if others.before == nil {
      add(Line("   No older run with this test is open: assay FOLDER… opens several beside one another.", .dim))
    }
    if others.isCut { add(Line("   Older runs were not looked through: they hold too many tests.", .truncated)) }
    guard !others.isBeforeGreen, let known = sources.standing(test)?.lastPass else { return }
    let isOpen = sources.runs.contains { $0.info.identity == known.identity }
    if isOpen { return }
    let name = "run \(known.identity.id)" + (known.commitWords.isEmpty ? "" : " (\(known.commitWords))")
    add(
      Line(
        "   The history's last green one is \(Sanitizer.line(name, limit: 200)); it is not open: assay FOLDER… with"
          + " its folder beside this one's opens it.", .dim))
  }
}

/// A line of the merged text: which texts have it, and what that means to a person.
private enum ComparedLine {
  static func of(_ part: MergedText.Part, _ all: MergedText.Sides) -> Line {
    switch part {
    case .fold(let count, .before):
      Line("    … \(CountText.of(count, "line")) only the run before has …", .truncated)
    case .fold(let count, _): Line("    … \(CountText.of(count, "line")) alike …", .truncated)
    case .line(let line): of(line, all)
    }
  }

  private static func of(_ line: MergedText.Line, _ all: MergedText.Sides) -> Line {
    let style = style(line.sides, all)
    var shown = Line(gutter(line.sides), line.sides == all ? .dim : .count)
    if line.text.hasPrefix(MaskedOutput.headingMark) {
      shown.append(String(line.text.dropFirst(MaskedOutput.headingMark.count)), .heading, .bold)
    } else {
      shown.spans += Line(masked: line.text, style).spans
    }
    return shown
  }

  /// `tbg` of those that have the line; `-` before what is gone, `+` before what is new.
  private static func gutter(_ sides: MergedText.Sides) -> String {
    func mark(_ side: MergedText.Sides, _ letter: String) -> String { sides.contains(side) ? letter : "·" }
    return mark(.this, "t") + mark(.before, "b") + mark(.green, "g") + " "
  }

  private static func style(_ sides: MergedText.Sides, _ all: MergedText.Sides) -> Style {
    if all == .this { return Style() }
    if sides == all { return Style(.dim) }
    if sides == .this { return Style(.plus, on: .background, .bold) }
    if !sides.contains(.this) { return sides.contains(.green) ? Style(.minus) : Style(.dim) }
    return sides.contains(.green) || !all.contains(.green) ? Style() : Style(.plus)
  }
}

/// The lines of a quoted difference that differ, each old one beside its new one: a few rows then tell the change.
enum QuotedChanges {
  /// The changed lines; empty where the text quotes no difference.
  static func pairs(in lines: [String]) -> [String] {
    let head = lines.firstIndex { $0.trimmed.hasPrefix("Full diff") || $0.trimmed.hasPrefix("@@ ") }
    guard head != nil || QuotedComparison.isOne(lines) else { return [] }
    var found: [String] = []
    var old: [String] = []
    var new: [String] = []
    for line in lines[(head.map { $0 + 1 } ?? 0)...] {
      let words = line.trimmed
      let isMarked = head != nil || words.hasPrefix("- ") || words.hasPrefix("+ ")
      if isMarked, words.hasPrefix("-"), !words.hasPrefix("---") {
        // A new block of old lines ends the pairs before it.
        if !new.isEmpty { append(&old, &new, to: &found) }
        old.append(words)
      } else if isMarked, words.hasPrefix("+"), !words.hasPrefix("+++") {
        new.append(words)
      } else if !words.hasPrefix("?") {
        append(&old, &new, to: &found)
      }
    }
    append(&old, &new, to: &found)
    return found
  }

  /// Whether a line belongs to a quoted difference: what stands above it is no beginning of its sentence.
  static func isMark(_ line: String) -> Bool {
    ["---", "+++", "@@ ", "- ", "+ ", "? "].contains { line.trimmed.hasPrefix($0) }
  }

  private static func append(_ old: inout [String], _ new: inout [String], to found: inout [String]) {
    for place in 0..<max(old.count, new.count) {
      if place < old.count { found.append(old[place]) }
      if place < new.count { found.append(new[place]) }
    }
    old = []
    new = []
  }
}

/// Tells the lines of a comparison (`- expected`, `+ actual`) that a failure's text holds from other text.
enum QuotedComparison {
  /// Whether lines hold a comparison: some begin with `-` and some with `+`.
  static func isOne(_ lines: [String]) -> Bool {
    lines.contains { role(of: $0, isComparison: true) == .minus }
      && lines.contains { role(of: $0, isComparison: true) == .plus }
  }

  /// What a line is: a side of a comparison, the pointer below it, what went wrong (the first line that pytest marks
  /// with `E`), or plain text.
  static func role(of line: String, isComparison: Bool, isFirst: Bool = false) -> Role {
    let isMarked = line.hasPrefix("E ")
    let content = line.dropFirst(isMarked ? 1 : 0).drop { $0 == " " }
    if isComparison {
      if content == "-" || content.hasPrefix("- ") { return .minus }
      if content == "+" || content.hasPrefix("+ ") { return .plus }
      if content.hasPrefix("? ") { return .dim }
    }
    return isMarked && isFirst ? .fail : .text
  }
}
