/// Counts as people read them.
package enum CountText {
  /// A count with its thousands apart: `1,000,000`.
  package static func of(_ count: Int) -> String {
    var digits = Array(String(count.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (count < 0 ? "-" : "") + String(digits)
  }

  /// A count and its noun: `1 number`, `12 numbers`.
  package static func of(_ count: Int, _ noun: String) -> String {
    of(count) + " " + noun + (count == 1 ? "" : "s")
  }

  /// A count in few columns: `812`, `41k`, `1.2M`.
  package static func compact(_ count: Int) -> String {
    switch count {
    case ..<10_000: String(count)
    case ..<1_000_000: "\(count / 1000)k"
    default: "\(count / 1_000_000).\(count / 100_000 % 10)M"
    }
  }

  /// A count of bytes in the unit that fits: `812 B`, `36 kB`, `168 MB`.
  package static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1000: "\(count) B"
    case ..<1_000_000: "\(count / 1000) kB"
    case ..<10_000_000_000: "\(of(count / 1_000_000)) MB"
    default: "\(of(count / 1_000_000_000)) GB"
    }
  }
}
