package import TriageModel

/// Which lines of a file one commit has otherwise than an earlier one.
package struct LineChanges: Sendable, Equatable {
  private struct Hunk: Equatable {
    /// The first line that is new.
    let start: Int
    /// The first line behind it.
    let end: Int
    /// Lines that there are more since the earlier commit, up to here.
    let shift: Int
  }

  /// In the order of their lines.
  private var hunks: [Hunk] = []

  /// No line is another.
  package init() {}

  /// Reads what git prints of one file with no line around the changes.
  package init(diff: [UInt8]) {
    for line in diff.split(separator: 0x0A) where line.starts(with: Array("@@ ".utf8)) {
      // @@ -12,3 +14,2 @@
      let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard fields.count > 2, let old = Self.numbers(fields[1]), let new = Self.numbers(fields[2]) else { continue }
      // Of lines that only went none is new: it begins behind the line before.
      let start = new.count > 0 ? new.start : new.start + 1
      hunks.append(
        Hunk(start: start, end: start + new.count, shift: (hunks.last?.shift ?? 0) + new.count - old.count))
    }
  }

  private static func numbers(_ field: Substring) -> (start: Int, count: Int)? {
    let parts = field.dropFirst().split(separator: ",").map { Int($0) }
    guard let start = parts.first.flatMap(\.self) else { return nil }
    return (start, parts.count > 1 ? parts[1] ?? 1 : 1)
  }

  /// Whether a line was added or changed.
  package func contains(_ line: Int) -> Bool {
    let next = count(before: line)
    return next < hunks.count && hunks[next].start <= line
  }

  /// The number that a line which stayed had before.
  package func oldNumber(of line: Int) -> Int {
    let next = count(before: line)
    return next > 0 ? line - hunks[next - 1].shift : line
  }

  /// The hunks that end before a line.
  private func count(before line: Int) -> Int {
    var (low, high) = (0, hunks.count)
    while low < high {
      let middle = (low + high) / 2
      if hunks[middle].end <= line { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The lines of a source file in a run, with what they are compared with and what stands there.
package struct FileCoverage: Sendable {
  /// What became of each line.
  package let lines: LineCoverage
  /// The run before, where it is open.
  package let base: Run?
  /// The file as it was when it ran; nil where nobody knows.
  package let source: [UInt8]?

  /// The lines of a file.
  package init(_ lines: LineCoverage, after base: Run?, source: [UInt8]?) {
    self.lines = lines
    self.base = base
    self.source = source
  }
}

/// How the lines of a source file fared in the tests of a run, and which of them the run before still had.
package struct LineCoverage: Sendable, Equatable {
  /// What became of a line.
  package enum Fate: Sendable {
    case covered
    /// It did not run, and was changed since the run before.
    case changed
    /// It did not run, and did in the run before.
    case lost
    /// It did not run, and nothing tells that it ever did.
    case never
  }

  /// Where the run before stands among the open runs.
  package struct Base {
    /// The run.
    package let run: Run
    fileprivate let covered: Set<Int>
  }

  private static let mostLines = 200_000

  /// The source file, below the repository.
  package let file: String
  /// Whether the report named more lines than are kept of it.
  package private(set) var isCut = false
  /// Why nobody knows which lines were lost, as a clause; nil where that is known.
  package private(set) var unknown: String?
  private var fates: [Int: Fate] = [:]

  /// The lines of an item of coverage; nil for what is none.
  ///
  /// - Parameters:
  ///   - base: The run before, where it is open.
  ///   - changes: What was changed since that run's commit; nil where nobody knows, and then no line is called lost.
  package init?(of item: TestIndex, in run: Run, after base: Base?, _ changes: LineChanges?) {
    guard let file = run.table.definition(of: item)?.file else { return nil }
    self.file = file
    var (found, missing, covered) = (false, Set<Int>(), Set<Int>())
    for property in run.table.attempts(of: item).flatMap(\.properties) {
      if property.name == LineRanges.missingFact { isCut = Self.read(property.value, into: &missing) || isCut }
      if property.name == LineRanges.coveredFact { isCut = Self.read(property.value, into: &covered) || isCut }
      found = found || property.name == LineRanges.missingFact || property.name == LineRanges.coveredFact
    }
    if !found { return nil }
    for line in covered { fates[line] = .covered }
    for line in missing { fates[line] = .never }
    if base == nil {
      unknown = "the run before is not open (assay FOLDER opens the runs of a folder)"
    } else if changes == nil {
      unknown = "the commits of both runs are not here, so that lines cannot be told from one another"
    }
    for line in missing {
      if changes?.contains(line) == true {
        fates[line] = .changed
      } else if let changes, base?.covered.contains(changes.oldNumber(of: line)) == true {
        fates[line] = .lost
      }
    }
  }

  /// The run before among open runs, the newest first: the next older one of the same source that tells of the file.
  package static func base(of item: TestIndex, in run: Run, among runs: [Run]) -> Base? {
    guard let own = runs.firstIndex(where: { $0.info.identity == run.info.identity }) else { return nil }
    let id = run.table.id(of: item)
    let kind = run.table.kind(of: item)
    for other in runs[(own + 1)...]
    where other.info.identity.source == run.info.identity.source && other.info.branch == run.info.branch {
      guard
        let same = other.table.reviewItems.first(where: {
          other.table.kind(of: $0) == kind && other.table.id(of: $0) == id
        })
      else { continue }
      var covered: Set<Int> = []
      for property in other.table.attempts(of: same).flatMap(\.properties) where property.name == LineRanges.coveredFact
      {
        _ = read(property.value, into: &covered)
      }
      return Base(run: other, covered: covered)
    }
    return nil
  }

  /// Adds the numbers of `12-14, 20`; whether the text says that there are more.
  private static func read(_ text: String, into lines: inout Set<Int>) -> Bool {
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-").map { Int($0.drop { $0 == " " }.prefix { $0.isNumber }) }
      guard let first = ends.first.flatMap(\.self), let last = ends.last.flatMap(\.self), first <= last,
        last - first < mostLines, lines.count < mostLines
      else { continue }
      lines.formUnion(first...last)
    }
    return text.contains("…")
  }

  /// What became of a line; nil for one that is no code.
  package func fate(of line: Int) -> Fate? { fates[line] }

  /// The lines of a fate, in order, as `12-14, 20`; empty where there are none.
  package func text(of fate: Fate) -> String { LineRanges.text(of: lines(of: fate).map(Int32.init(clamping:))) }

  /// The lines of a fate, in order.
  package func lines(of fate: Fate) -> [Int] { fates.filter { $0.value == fate }.keys.sorted() }
}
