/// The name of a leg of a matrix as the history keeps it: all its labels, so that it is the same leg whether its results
/// came alone or with those of other legs.
///
/// The text is `job=unit` and `python=3.12` joined by a unit separator; a number tells namesakes within a leg apart. What
/// stores of before have is one word without a key.
package struct LegName: Hashable, Sendable {
  /// Separates the parts of the text.
  private static let separator: Character = "\u{1F}"
  /// Labels that say which part of the tests ran, not where: a test that moves to another part is the same.
  private static let partKeys: Set<String> = [
    "shard", "shards", "part", "split", "chunk", "partition", "bucket", "slice", "node_index", "shard_index", "worker",
    "group",
  ]

  /// The labels; what has no key is kept under the empty one.
  package private(set) var labels: [String: String] = [:]
  /// What tells namesakes within the leg apart, from the second on: `#2`.
  private var number: String?

  /// The leg of labels.
  ///
  /// - Parameter mark: What tells a test from namesakes in its report: `Firefox - checkout.cy.js`, `#2`, or both.
  package init(_ labels: [String: String], mark: String = "") {
    self.labels = labels.filter { !$0.key.isEmpty }
    let mark = LegName(text: mark.split(separator: " #").joined(separator: "\(Self.separator)#"))
    self.labels.merge(mark.labels) { own, _ in own }
    number = mark.number
  }

  /// The leg that a text names.
  package init(text: String) {
    for part in text.split(separator: Self.separator) {
      if let sign = part.firstIndex(of: "="), sign > part.startIndex {
        labels[String(part[..<sign])] = String(part[part.index(after: sign)...])
      } else if part.first == "#", part.count > 1, part.dropFirst().allSatisfy(\.isNumber) {
        number = String(part)
      } else {
        labels["", default: ""] += (labels[""] == nil ? "" : " ") + part
      }
    }
  }

  /// The name of a leg: each label once, in the order of their keys; empty for no labels.
  package var text: String {
    let parts = labels.sorted { $0.key < $1.key }.map { $0.key.isEmpty ? $0.value : "\($0.key)=\($0.value)" }
    return (parts + [number].compactMap(\.self)).joined(separator: String(Self.separator))
  }

  /// The text of the leg's namesakes from the second on.
  package static func numbered(_ text: String, _ number: Int) -> String {
    if text.isEmpty { return "#\(number)" }
    return text + (text.contains("=") ? String(separator) : " ") + "#\(number)"
  }

  /// The leg with further labels; its own stay.
  package func with(_ further: [String: String]) -> LegName {
    var leg = self
    leg.labels.merge(further) { own, _ in own }
    return leg
  }

  /// What tells the leg from others of its run: the values of the labels that the run does not have, one that says what
  /// another does left out (`job=py3.12` and `python=3.12`).
  package func shown(besides run: [String: String]) -> String {
    var said: Set<[String]> = []
    var own = labels.filter { run[$0.key] != $0.value && !Self.isPart($0.key) }
    let mark = own.removeValue(forKey: "")
    let names = own.sorted { $0.key < $1.key }.map(\.value).filter { said.insert(Stream.parts(of: [$0])).inserted }
    return (names + [mark, number].compactMap(\.self)).joined(separator: " ")
  }

  /// Whether another leg says all that this one says, and more: the same results, told by who knew less.
  package func isVaguer(than other: LegName) -> Bool {
    guard number == other.number, labels.count < other.labels.count else { return false }
    return labels.allSatisfy { other.labels[$0.key] == $0.value }
  }

  /// Whether a label says which part of the tests ran.
  package static func isPart(_ key: String) -> Bool { partKeys.contains(key.lowercased()) }
}
