internal import SafeText

/// A difference of two texts that nobody sees when they are printed.
package enum UnseenDifference: Hashable, Sendable, CaseIterable {
  /// Blanks or tabs at the end.
  case trailingBlanks
  /// Tabs for blanks, more or fewer blanks, blanks of other kinds.
  case blanks
  /// Characters that are not drawn: zero-width ones, soft hyphens, byte order marks, controls.
  case invisible
  /// The same characters, composed on one side and decomposed on the other.
  case normalization
  /// Characters that look like others.
  case lookAlikes
  /// Several of these together.
  case several

  /// What tells two texts apart that are not the same bytes; nil when something visible does.
  package init?(_ expected: some Collection<UInt8>, _ actual: some Collection<UInt8>) {
    guard Self.mayBe(expected, actual) else { return nil }
    var first = Array(String(decoding: expected, as: UTF8.self).unicodeScalars)
    var second = Array(String(decoding: actual, as: UTF8.self).unicodeScalars)
    if first != second, Self.areCanonicallySame(first, second) {
      self = .normalization
      return
    }
    var found: [UnseenDifference] = []
    for step in [Self.trailingBlanks, .invisible, .blanks, .lookAlikes] {
      let (one, other) = (step.levelled(first), step.levelled(second))
      // A step counts when it brings the two nearer or takes more of one: what both have is no difference.
      let isUneven = first.count - one.count != second.count - other.count
      if isUneven || Self.isNearer(one, other, than: first, second) { found.append(step) }
      (first, second) = (one, other)
      if first == second { break }
      if Self.areCanonicallySame(first, second) {
        found.append(.normalization)
        first = second
        break
      }
    }
    guard first == second, let kind = found.first else { return nil }
    self = found.count == 1 ? kind : .several
  }

  /// Whether the bytes that are ASCII and no blanks are as many, or bytes beyond ASCII stand on either side.
  private static func mayBe(_ expected: some Collection<UInt8>, _ actual: some Collection<UInt8>) -> Bool {
    if expected.count > limit || actual.count > limit { return false }
    if expected.contains(where: { $0 >= 0x7F || $0 < 0x20 && $0 != 0x09 })
      || actual.contains(where: { $0 >= 0x7F || $0 < 0x20 && $0 != 0x09 })
    {
      return true
    }
    return expected.lazy.filter { $0 > 0x20 }.elementsEqual(actual.lazy.filter { $0 > 0x20 })
  }

  /// Bytes of a text that is looked at.
  private static let limit = 1 << 16

  private static func isNearer(
    _ one: [Unicode.Scalar], _ other: [Unicode.Scalar], than first: [Unicode.Scalar], _ second: [Unicode.Scalar]
  ) -> Bool {
    one == other || common(one, other) > common(first, second)
  }

  /// The length of what both have at the beginning.
  private static func common(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    zip(left, right).prefix { $0 == $1 }.count
  }

  /// The text without what this kind of difference is about.
  private func levelled(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    switch self {
    case .trailingBlanks: Array(text[..<(text.lastIndex { !Self.isBlank($0) } ?? -1).advanced(by: 1)])
    case .invisible: text.filter { !Self.isInvisible($0) }
    case .blanks: Self.withSingleBlanks(text)
    case .lookAlikes: text.flatMap { LookAlikes.plain($0) }
    case .normalization, .several: text
    }
  }

  private static func withSingleBlanks(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in text {
      if !isBlank(scalar) { result.append(scalar) } else if result.last != " " { result.append(" ") }
    }
    return result
  }

  /// Whether two texts are the same characters: Swift goes by canonical equivalence.
  private static func areCanonicallySame(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
    func text(_ scalars: [Unicode.Scalar]) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
    return text(left) == text(right)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    !isBlank(scalar) && ScalarKind(scalar) == .hidden
  }
}

extension UnseenDifference {
  /// The words behind `differ only`.
  package var words: String {
    switch self {
    case .trailingBlanks: "in blanks at the end"
    case .blanks: "in blanks (tabs, or more or other blanks)"
    case .invisible: "in characters that are not drawn (zero-width, controls)"
    case .normalization: "in Unicode normalization (composed and decomposed characters, NFC and NFD)"
    case .lookAlikes: "in characters that look alike"
    case .several: "in what nobody can see (blanks, normalization, characters that look alike)"
    }
  }

  /// One word for JSON.
  package var word: String {
    switch self {
    case .trailingBlanks: "trailing-blanks"
    case .blanks: "blanks"
    case .invisible: "invisible"
    case .normalization: "normalization"
    case .lookAlikes: "look-alikes"
    case .several: "several"
    }
  }
}

/// Counts differences that nobody can see, by kind, with the first place of each.
struct UnseenTally {
  private(set) var counts: [UnseenDifference: (count: Int, first: String)] = [:]
  /// Pairs that are looked at, so that a text of a million changed lines is not held up.
  private var left = 100_000

  /// Counts two texts in; whether nobody can see how they differ.
  mutating func add(
    _ expected: some Collection<UInt8>, _ actual: some Collection<UInt8>, place: @autoclosure () -> String
  ) -> Bool {
    guard left > 0 else { return false }
    left -= 1
    guard let kind = UnseenDifference(expected, actual) else { return false }
    counts[kind, default: (0, place())].count += 1
    return true
  }

  /// Counts what another tally has seen behind this one.
  mutating func add(_ other: UnseenTally) {
    for (kind, found) in other.counts { counts[kind, default: (0, found.first)].count += found.count }
  }

  /// All that was found, a clause each: `2 lines differ only in blanks at the end (line 2)`.
  func clauses(_ unit: String, place: (String) -> String = { $0 }) -> [String] {
    UnseenDifference.allCases.compactMap { kind in
      counts[kind].map { found in
        let verb = found.count == 1 ? "\(unit) differs" : "\(unit)s differ"
        return "\(found.count) \(verb) only \(kind.words) (\(found.count == 1 ? "" : "first ")\(place(found.first)))"
      }
    }
  }
}
