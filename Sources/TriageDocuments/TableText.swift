internal import TerminalKit

/// Finds the tables in a text, as pandas and numpy print them: wrapped, their columns could not be read.
enum TableText {
  /// The lines, those of tables marked as such.
  static func marked(_ lines: [Line]) -> [Line] {
    var lines = lines
    var before = Columns(starts: [], ends: [], isArray: false)
    for place in lines.indices {
      let columns = Columns(of: lines[place].text)
      if columns.isBelow(before) {
        lines[place].isTable = true
        lines[place - 1].isTable = true
      }
      before = columns
    }
    return lines
  }

  /// Where the words of a line begin and end that wide gaps set apart.
  private struct Columns {
    /// Bytes of a line that are looked at.
    private static let longest = 4000

    var starts: [Int] = []
    var ends: [Int] = []
    /// Whether it is a row of an array: `[0.1, 0.2],`.
    var isArray: Bool

    init(starts: [Int], ends: [Int], isArray: Bool) {
      self.starts = starts
      self.ends = ends
      self.isArray = isArray
    }

    init(of text: String) {
      let bytes = Array(text.utf8.prefix(Self.longest))
      let first = bytes.firstIndex { $0 != 0x20 } ?? bytes.count
      isArray = first < bytes.count && bytes[first] == 0x5B || text.contains("array([")
      var blanks = 0
      for place in first..<max(first, bytes.count) {
        if bytes[place] == 0x20 {
          blanks += 1
          continue
        }
        if blanks > 1 {
          ends.append(place - blanks)
          starts.append(place)
        }
        blanks = 0
      }
      ends.append(bytes.count)
    }

    /// Whether it goes on with the columns of the line above.
    func isBelow(_ other: Columns) -> Bool {
      if isArray, other.isArray { return true }
      guard starts.count > 1, other.starts.count > 1 else { return false }
      return shared(starts, other.starts) > 1 || shared(ends, other.ends) > 1
    }

    private func shared(_ left: [Int], _ right: [Int]) -> Int {
      let right = Set(right)
      return left.count { right.contains($0) }
    }
  }
}
