import DataSyntax
import Goldens

/// Makes pairs of small tables and texts that differ a little, the same ones in every run.
struct TablePairs {
  var random: Generator

  init(seed: UInt64) {
    random = Generator(state: seed)
  }

  /// A generator whose numbers are the same in every run.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      return word ^ word >> 31
    }
  }

  mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }
  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  /// Lines with a few repeats, and a changed copy of them.
  mutating func texts() -> (String, String) {
    let lines = (0..<below(30)).map { _ in "line \(below(12))" }
    var other = lines
    for _ in 0..<below(6) { edit(&other) { "line \($0.below(15))" } }
    let ends = ["\n", "\n", "\r\n"]
    return (text(lines, ends[below(3)]), text(other, ends[below(3)]))
  }

  /// A table with or without a header and a key, and a changed copy of it.
  mutating func tables() -> (String, String) {
    let hasKey = chance(2)
    let hasHeader = chance(2)
    let words = ["a", "b,c", "d\"e", "", "f\ng"]
    func quoted(_ word: String) -> String {
      word.contains { ",\"\n".contains($0) } ? "\"" + word.replacing("\"", with: "\"\"") + "\"" : word
    }
    var rows: [String] = (0..<below(24)).map { index in
      let cells = ["0.\(below(1000))", quoted(words[below(words.count)]), "\(below(4))"]
      return (hasKey ? ["\(index * 3)"] : []).appending(cells).joined(separator: ",")
    }
    let before = rows
    for _ in 0..<below(6) { edit(&rows) { "\(1000 + $0.below(50)),0.\($0.below(999)),x,\($0.below(9))" } }
    let header = hasHeader ? [hasKey ? "id,v,w,n" : "v,w,n"] : []
    return (text(header + before, "\n"), text(header + rows, chance(4) ? "\r\n" : "\n"))
  }

  private mutating func edit(_ lines: inout [String], _ make: (inout TablePairs) -> String) {
    switch below(4) {
    case 0: lines.insert(make(&self), at: below(lines.count + 1))
    case 1: if !lines.isEmpty { lines.remove(at: below(lines.count)) }
    case 2: if !lines.isEmpty { lines[below(lines.count)] += chance(2) ? "1" : ",9" }
    default: if lines.count > 1 { lines.swapAt(below(lines.count), below(lines.count)) }
    }
  }

  private mutating func text(_ lines: [String], _ end: String) -> String {
    lines.isEmpty ? "" : lines.joined(separator: end) + (chance(5) ? "" : end)
  }
}

extension Array {
  fileprivate func appending(_ others: [Element]) -> [Element] { self + others }
}
