import Goldens
import SafeText
import TerminalKit
import TriageModel

extension PairState {
  /// Rows looked at for one jump in a tree or a table, so that a key never waits.
  private static let longestJump = 20_000

  /// Goes to the next difference, or the one before.
  mutating func goToDifference(forward: Bool) -> String? {
    switch body {
    case .text, .tables:
      guard let alignment, let here = alignedRow, let row = alignment.difference(from: here, forward: forward) else {
        return ends(forward)
      }
      show(aligned: row)
    case .tree(let tree):
      guard let row = tree.change(from: index, forward: forward) else { return ends(forward) }
      show(row)
    case .bytes(let bytes): return goToByte(in: bytes, forward: forward)
    case .image: return "a picture has no next difference"
    case .none: return "there is nothing to compare"
    }
    return nil
  }

  private func ends(_ forward: Bool) -> String {
    forward
      ? "this is the last difference; ] is the next golden" : "this is the first difference; [ is the golden before"
  }

  private mutating func goToByte(in bytes: BytesComparison, forward: Bool) -> String? {
    var row = index
    for _ in 0..<Self.longestJump {
      row += forward ? 1 : -1
      guard row >= 0, row < count else { return ends(forward) }
      if BytesView.differs(bytes, row: row) {
        show(row)
        return nil
      }
    }
    return "no difference near; the same key looks further"
  }

  /// Goes to the largest difference of two numbers.
  mutating func goToWorst() -> String? {
    switch body {
    case .text, .tables:
      guard let row = worstRow else { return "no numbers differ here; } goes to the next difference" }
      show(aligned: row)
    case .tree(let tree):
      guard let path = comparison?.summary.worst else { return "no numbers differ here" }
      let row = (0..<min(tree.count, Self.longestJump)).first { tree.path(at: $0) == path }
      guard let row else { return "the worst difference is at \(Sanitizer.line(path, limit: 200))" }
      show(row)
    case .bytes(let bytes): show(bytes.firstDifference / BytesView.perRow)
    case .image: showsDifference = true
    case .none: return "there is nothing to compare"
    }
    return comparison?.summary.worst.map { "the worst: " + Sanitizer.line($0, limit: 200) }
  }

  /// The row of the alignment with the largest difference of two numbers: by the expected number where it is not 0.
  private var worstRow: Int? {
    guard let numbers = comparison?.numbers, let alignment, numbers.count > 0 else { return nil }
    var worst = 0
    var most = -1.0
    for place in 0..<numbers.count {
      let expected = numbers.expected[place]
      let distance = (numbers.actual[place] - expected).magnitude
      let size = distance.isNaN ? .infinity : expected == 0 ? distance : distance / expected.magnitude
      if size > most { (worst, most) = (place, size) }
    }
    let row = Int(numbers.indices[worst])
    return row < alignment.count ? row : nil
  }

  /// Goes to the next row that holds what was searched for, around the end.
  mutating func findNext(_ step: Int) -> String? {
    guard !search.isEmpty else { return "nothing was searched for yet: / searches in both sides" }
    let search = ByteSearch(self.search)
    let total = alignment?.count ?? count
    guard total > 0 else { return "there is nothing to search in" }
    var row = alignedRow ?? index
    // Lines are searched where they lie; cells and branches have to be made first.
    let most = if case .text = body { 10 * Self.longestJump } else { Self.longestJump }
    for _ in 0..<min(total, most) {
      row = (row + step + total) % total
      if holds(search, row) {
        if alignment == nil { show(row) } else { reveal(row) }
        return nil
      }
    }
    let words = "“\(Sanitizer.line(self.search, limit: 60))” is not"
    guard total > most else { return words + " here" }
    if alignment == nil { show(row) } else { show(aligned: row) }
    return words + " in these \(CountText.of(most)) rows; the same key looks further"
  }

  /// Shows a row of the alignment, opening the fold that hides it.
  private mutating func reveal(_ row: Int) {
    if case .fold(let range) = rows.row(at: rows.index(of: row)) {
      opened.insert(range.lowerBound)
      layOut()
    }
    show(aligned: row)
  }

  private func holds(_ search: ByteSearch, _ row: Int) -> Bool {
    switch body {
    case .text(let text):
      guard let row = text.alignment.row(at: row) else { return false }
      let sides = [row.expected.map(text.expected.line), row.actual.map(text.actual.line)]
      return sides.contains { line in line?.withUnsafeBytes { search.matches($0) } ?? false }
    case .tables:
      guard let table, let row = table.alignment.row(at: row) else { return false }
      return ([table.label(of: row)] + table.cells(of: row).flatMap { [$0.expected ?? "", $0.actual ?? ""] })
        .contains { search.matches(text: $0) }
    case .tree(let tree):
      let row = tree.row(at: row)
      return [row.label, row.expected ?? "", row.actual ?? ""].contains { search.matches(text: $0) }
    case .image, .bytes, .none: return false
    }
  }
}

extension PairState: PromptHolder {
  var filterProblem: String? { nil }

  mutating func keep(_ text: String, _ purpose: Prompt.Purpose) { search = text }
}
