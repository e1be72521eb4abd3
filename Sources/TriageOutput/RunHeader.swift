internal import SafeText
internal import TriageModel

/// The lines that introduce a run in text output.
struct RunHeader {
  /// How many losses and warnings are named: a run can have as many reports as it likes.
  private static let shownRemarks = 20

  private let run: Run
  private let style: TextStyle

  /// The introduction of a run.
  init(_ run: Run, style: TextStyle) {
    self.run = run
    self.style = style
  }

  /// Who the run is, how its tests ended, and what is wrong with its reports.
  var lines: [String] { [title] + counts + incomplete + remarks }

  /// `run 4136 · main · 8acabed Restore the round trip · 2026-11-16T09:15:00Z`.
  private var title: String {
    let info = run.info
    let name = Sanitizer.line(info.name, limit: 200)
    var parts: [String] = []
    if let branch = info.branch { parts.append(Sanitizer.line(branch)) }
    if let commit = info.commit {
      parts.append(Sanitizer.line(commit.prefix(7)) + (info.commitTitle.map { " " + Sanitizer.line($0) } ?? ""))
    }
    if let started = info.startedAt?.description, !info.identity.id.hasPrefix(started) { parts.append(started) }
    parts += info.labels.sorted { $0.key < $1.key }.map { Sanitizer.line("\($0.key)=\($0.value)") }
    let rest = parts.map { style.separator + $0 }.joined()
    return style.paint(name, .title) + style.fit(rest, after: DisplayWidth.of(name))
  }

  /// `7 failed · 1 passed on retry · 21 passed · 29 tests`: all that is not zero, worst first.
  private var counts: [String] {
    let counts = run.table.counts
    var parts: [(text: String, tone: TextStyle.Tone?)] = []
    for outcome in Outcome.allCases.sorted(by: { $0.severity < $1.severity }) where counts[outcome] > 0 {
      parts.append(("\(CountText.of(counts[outcome])) \(outcome.words)", outcome.tone))
    }
    let total = CountText.of(counts.total, "test")
    if counts.total > 0 || run.table.itemCounts.isEmpty {
      parts.append((counts.total == 0 ? "no tests recorded" : total, nil))
    }
    for kind in run.table.itemCounts.kinds {
      let items = run.table.itemCounts[kind]
      let all = ItemKind.counted(items.total, kind)
      parts.append(items.failing > 0 ? ("\(CountText.of(items.failing)) of \(all) failing", .bad) : (all, nil))
    }
    return wrapped(parts)
  }

  /// The parts side by side, on as many lines as the terminal's width asks for.
  private func wrapped(_ parts: [(text: String, tone: TextStyle.Tone?)]) -> [String] {
    var lines: [String] = []
    var taken = 0
    for part in parts {
      let width = part.text.count + style.separator.count
      if lines.isEmpty || taken + width > style.width ?? .max {
        lines.append("  " + style.paint(part.text, part.tone))
        taken = 2 + part.text.count
      } else {
        lines[lines.count - 1] += style.separator + style.paint(part.text, part.tone)
        taken += width
      }
    }
    return lines
  }

  private var incomplete: [String] {
    run.info.completeness.reasons.flatMap { reason in
      style.wrap(Sanitizer.line(reason), indent: 13).enumerated().map { number, line in
        (number == 0 ? "  " + style.paint("INCOMPLETE", .bad) + " " : String(repeating: " ", count: 13)) + line
      }
    }
  }

  private var remarks: [String] {
    let reasons = run.info.completeness.reasons
    // What makes the run incomplete was said already.
    let partial = run.info.partial.filter { damage in
      !reasons.contains { $0.hasPrefix(damage.path) && $0.contains(damage.cause) }
    }.map { damage in
      "partial: " + damage.path + (damage.line.map { ":\($0)" } ?? "") + ": " + damage.cause
    }
    let all = partial + run.info.warnings.map { "warning: " + $0 }
    let more = all.count - Self.shownRemarks
    let rest = more > 0 ? ["and \(more) more, which assay doctor names"] : []
    return (all.prefix(Self.shownRemarks) + rest).map { remark in
      "  " + style.paint(style.fit(Sanitizer.line(remark), after: 2), .uneasy)
    }
  }
}

/// Many paths in few lines: those of one folder and ending that are more than a handful become one, with a count.
enum PathSummary {
  /// Paths of one folder and ending that are still listed each.
  private static let handful = 4

  /// The lines, in the order of their first paths.
  static func lines(of paths: [String]) -> [(text: String, count: Int)] {
    var order: [String] = []
    var groups: [String: [String]] = [:]
    for path in paths {
      let key = pattern(of: path)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(path)
    }
    return order.flatMap { key -> [(text: String, count: Int)] in
      let members = groups[key] ?? []
      return members.count > handful ? [(key, members.count)] : members.map { ($0, 1) }
    }
  }

  /// `allure-results/*.json` for a file there.
  private static func pattern(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last ?? ""
    let ending = name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
    return (parts.dropLast().map(String.init) + ["*" + ending]).joined(separator: "/")
  }
}
