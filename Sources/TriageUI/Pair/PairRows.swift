import TriageModel
import Goldens

/// The rows of a pair as they are shown: unchanged stretches folded, changed lines beside or below one another.
///
/// A stretch costs a few bytes whatever its length; a row is worked out when it is drawn.
struct PairRows: Equatable {
  /// What one row shows.
  enum Row: Equatable {
    /// A row of the alignment: both sides, or in unified order one of them.
    case aligned(Int, Half)
    /// Rows of the alignment that are folded away.
    case fold(Range<Int>)
  }

  enum Half: Equatable {
    case both
    case expected
    case actual
  }

  private enum Shape {
    case both
    /// Each row twice: as expected, then as it is.
    case twice
    case fold
  }

  private struct Segment: Equatable {
    var shape: Shape
    var rows: Range<Int>

    var height: Int {
      switch shape {
      case .both: rows.count
      case .twice: rows.count * 2
      case .fold: 1
      }
    }
  }

  private var segments: [Segment] = []
  private var starts: [Int] = [0]

  init() {}

  /// The rows of an alignment.
  ///
  /// - Parameters:
  ///   - context: Unchanged rows that stay around each difference; nil folds nothing.
  ///   - opened: Folds that a person has opened, by their first row.
  init(_ alignment: Alignment, context: Int?, isUnified: Bool, opened: Set<Int>) {
    var quiet: Range<Int>?
    for (place, run) in alignment.runs.enumerated() {
      let rows = alignment.starts[place]..<alignment.starts[place + 1]
      if run.kind.isQuiet {
        quiet = (quiet?.lowerBound ?? rows.lowerBound)..<rows.upperBound
        continue
      }
      if let stretch = quiet { addQuiet(stretch, context, isLast: false, opened) }
      quiet = nil
      add(isUnified && run.kind == .changed ? .twice : .both, rows)
    }
    if let stretch = quiet { addQuiet(stretch, segments.isEmpty ? nil : context, isLast: true, opened) }
  }

  var count: Int { starts[starts.count - 1] }

  func row(at index: Int) -> Row? {
    guard index >= 0, index < count else { return nil }
    let place = segment(at: index)
    let segment = segments[place]
    let offset = index - starts[place]
    switch segment.shape {
    case .both: return .aligned(segment.rows.lowerBound + offset, .both)
    case .twice: return .aligned(segment.rows.lowerBound + offset / 2, offset % 2 == 0 ? .expected : .actual)
    case .fold: return .fold(segment.rows)
    }
  }

  /// The row that shows a row of the alignment, or the fold that holds it.
  func index(of aligned: Int) -> Int {
    var low = 0
    var high = segments.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if segments[middle].rows.lowerBound <= aligned { low = middle } else { high = middle - 1 }
    }
    guard segments.indices.contains(low) else { return 0 }
    let offset = max(0, aligned - segments[low].rows.lowerBound)
    switch segments[low].shape {
    case .both: return starts[low] + min(offset, max(0, segments[low].rows.count - 1))
    case .twice: return starts[low] + 2 * min(offset, max(0, segments[low].rows.count - 1))
    case .fold: return starts[low]
    }
  }

  private mutating func addQuiet(_ rows: Range<Int>, _ context: Int?, isLast: Bool, _ opened: Set<Int>) {
    guard let context else { return add(.both, rows) }
    let before = segments.isEmpty ? 0 : min(context, rows.count)
    let after = isLast ? 0 : min(context, rows.count - before)
    let hidden = rows.lowerBound + before..<max(rows.lowerBound + before, rows.upperBound - after)
    // A fold takes a row itself: one row is shown rather than counted.
    guard hidden.count > 1, !opened.contains(hidden.lowerBound) else { return add(.both, rows) }
    add(.both, rows.lowerBound..<hidden.lowerBound)
    add(.fold, hidden)
    add(.both, hidden.upperBound..<rows.upperBound)
  }

  private mutating func add(_ shape: Shape, _ rows: Range<Int>) {
    guard !rows.isEmpty else { return }
    let segment = Segment(shape: shape, rows: rows)
    segments.append(segment)
    starts.append(starts[starts.count - 1] + segment.height)
  }

  private func segment(at row: Int) -> Int { starts.stretch(holding: row) }
}

extension AlignedRun.Kind {
  /// Whether a person need not look: nothing differs, or no more than the tolerance accepts.
  var isQuiet: Bool {
    switch self {
    case .equal, .tolerated: true
    case .changed, .removed, .added, .movedAway, .movedHere: false
    }
  }
}

extension Alignment {
  /// The first row of the nearest difference behind (or before) a row; runs that follow one another are one difference.
  func difference(from row: Int, forward: Bool) -> Int? {
    guard !runs.isEmpty else { return nil }
    let here = run(at: max(0, min(row, count - 1)))
    return forward ? next(after: here) : previous(before: row, in: here)
  }

  /// The first difference.
  var firstDifference: Int? { runs.firstIndex { !$0.kind.isQuiet && $0.height > 0 }.map { starts[$0] } }

  private func next(after run: Int) -> Int? {
    var place = run
    while place < runs.count, !runs[place].kind.isQuiet { place += 1 }
    while place < runs.count, runs[place].kind.isQuiet { place += 1 }
    return place < runs.count ? starts[place] : nil
  }

  private func previous(before row: Int, in run: Int) -> Int? {
    var place = run
    if !runs[place].kind.isQuiet {
      let start = beginning(of: place)
      if start < row { return start }
      while place >= 0, !runs[place].kind.isQuiet { place -= 1 }
    }
    while place >= 0, runs[place].kind.isQuiet { place -= 1 }
    return place >= 0 ? beginning(of: place) : nil
  }

  private func beginning(of run: Int) -> Int {
    var place = run
    while place > 0, !runs[place - 1].kind.isQuiet { place -= 1 }
    return starts[place]
  }
}
