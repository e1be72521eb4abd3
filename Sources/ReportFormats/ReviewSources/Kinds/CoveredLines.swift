internal import TriageModel

/// What a report of coverage tells of the lines of one file. The same line may be told of several times, by several
/// classes or tests: it is covered when any of them ran it.
struct CoveredLines {
  private struct Line {
    let number: Int32
    var isHit: Bool
  }

  private struct Branches {
    let line: Int32
    var covered: Int32
    var total: Int32
  }

  private var lines: [Line] = []
  private var branches: [Branches] = []
  private var isSettled = true

  /// Adds a line.
  mutating func add(_ line: Int, isHit: Bool) {
    lines.append(Line(number: Int32(clamping: line), isHit: isHit))
    isSettled = false
  }

  /// Adds the branches that leave a line.
  mutating func add(branches covered: Int, of total: Int, on line: Int) {
    let total = max(Int32(clamping: total), 0)
    branches.append(
      Branches(line: Int32(clamping: line), covered: min(max(Int32(clamping: covered), 0), total), total: total))
    isSettled = false
  }

  /// Adds all of another account of the same file.
  mutating func add(_ other: CoveredLines) {
    lines += other.lines
    branches += other.branches
    isSettled = false
  }

  /// Whether nothing is told.
  var isEmpty: Bool { lines.isEmpty && branches.isEmpty }

  /// Puts together what is told of one line.
  mutating func settle() {
    if isSettled { return }
    isSettled = true
    lines.sort { $0.number < $1.number }
    var last = -1
    for line in lines {
      if last >= 0, lines[last].number == line.number {
        lines[last].isHit = lines[last].isHit || line.isHit
      } else {
        last += 1
        lines[last] = line
      }
    }
    lines.removeSubrange((last + 1)...)
    branches.sort { $0.line < $1.line }
    last = -1
    for branch in branches {
      if last >= 0, branches[last].line == branch.line {
        branches[last].covered = max(branches[last].covered, branch.covered)
        branches[last].total = max(branches[last].total, branch.total)
      } else {
        last += 1
        branches[last] = branch
      }
    }
    branches.removeSubrange((last + 1)...)
  }

  // MARK: - What settled lines say

  /// How many lines there are, and how many of them ran.
  var count: CoverageCount {
    CoverageCount(
      lines: lines.count, covered: lines.count { $0.isHit },
      branches: branches.reduce(0) { $0 + Int($1.total) }, coveredBranches: branches.reduce(0) { $0 + Int($1.covered) })
  }

  /// The numbers of the lines that ran, or of those that did not.
  func numbers(isHit: Bool) -> some Sequence<Int32> { lines.lazy.filter { $0.isHit == isHit }.map(\.number) }

  /// The first line that did not run.
  var firstMissing: Int? { lines.first { !$0.isHit }.map { Int($0.number) } }
}

/// How much of a file, or of all, ran.
struct CoverageCount: Equatable {
  var lines = 0
  var covered = 0
  var branches = 0
  var coveredBranches = 0

  mutating func add(_ other: CoverageCount) {
    lines += other.lines
    covered += other.covered
    branches += other.branches
    coveredBranches += other.coveredBranches
  }
}
