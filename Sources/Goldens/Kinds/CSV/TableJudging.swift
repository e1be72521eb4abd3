/// Splits the rows that are paired into parts and judges those on all cores.
struct TableJudging: Sendable {
  /// Rows that one part has at most.
  private static let partSize = 1 << 15
  /// Groups of parts: more than cores, so that none waits long for the last.
  private static let groups = 8

  /// A part of a run.
  private struct Part: Sendable {
    var run: Int
    var rows: Range<Int>
  }

  /// What all parts found, and the runs that came of them.
  struct Outcome {
    var findings: TableFindings
    var alignment: Alignment
    /// Rows that stand elsewhere, by the place of their run.
    var moved: [Int: AlignedRun] = [:]
  }

  let sides: TableSides
  let matching: TableMatching
  let options: ComparisonOptions

  /// Judges all pairs.
  func judge() -> Outcome {
    let starts = matching.starts
    let groups = grouped(parts())
    let results = Parallel.map(groups.count) { index in judge(groups[index], starts) }
    var findings = TableFindings(columns: sides.columns.count)
    var judged: [[AlignedRun]] = Array(repeating: [], count: matching.runs.count)
    findings.numbers.reserve(results.reduce(0) { $0 + $1.findings.numbers.count })
    for (group, result) in zip(groups, results) {
      findings.add(result.findings)
      for (part, runs) in zip(group, result.runs) { judged[part.run] += runs }
    }
    var builder = AlignmentBuilder()
    for (run, parts) in zip(matching.runs, judged) {
      if run.kind == .changed { parts.forEach { builder.add($0) } } else { builder.add(run) }
    }
    var outcome = Outcome(findings: findings, alignment: builder.alignment)
    for (place, run) in outcome.alignment.runs.enumerated() where run.kind == .movedAway || run.kind == .movedHere {
      outcome.moved[place] = run
    }
    return outcome
  }

  private func judge(_ parts: [Part], _ starts: [Int]) -> (runs: [[AlignedRun]], findings: TableFindings) {
    TableRows.with(sides) { left, right in
      var judge = TableJudge(
        left, right, sides: sides, counter: matching.counter, tolerance: options.tolerance,
        masks: TextMasks(options.ignore))
      let runs = parts.map { judge.judge(matching.runs[$0.run], $0.rows, place: starts[$0.run]) }
      return (runs, judge.findings)
    }
  }

  private func parts() -> [Part] {
    var parts: [Part] = []
    for (place, run) in matching.runs.enumerated() where run.kind == .changed || run.kind == .movedHere {
      var next = 0
      while next < run.actual.count {
        let end = min(next + Self.partSize, run.actual.count)
        parts.append(Part(run: place, rows: next..<end))
        next = end
      }
    }
    return parts
  }

  /// Neighbouring parts in groups of about as many rows.
  private func grouped(_ parts: [Part]) -> [[Part]] {
    let total = parts.reduce(0) { $0 + $1.rows.count }
    let size = max(1, (total + Self.groups - 1) / Self.groups)
    var groups: [[Part]] = []
    var room = 0
    for part in parts {
      if room <= 0 {
        groups.append([])
        room = size
      }
      groups[groups.count - 1].append(part)
      room -= part.rows.count
    }
    return groups
  }
}
