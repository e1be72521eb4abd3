import Testing

@testable import Goldens

/// `apply(diff(a, b), a)` means `b`, for trees that look random.
struct TreePatchTests {
  @Test func applyingTheDifferenceGivesTheOtherTree() throws {
    var random = Generator(seed: 21)
    for round in 0..<600 {
      let before = RandomTree.value(&random, depth: 0)
      let after = round % 3 == 0 ? RandomTree.value(&random, depth: 0) : RandomTree.changed(before, &random)
      let (left, right) = (before.text, after.text)
      let rows = try rows(left, right)
      let result = TreePatch(rows).apply(to: TreeValue(rows.expected, rows.expected.root))
      let wanted = TreeValue(rows.actual, rows.actual.root)
      #expect(result?.means(wanted) == true, "\(left)\n\(right)")
    }
  }

  @Test func aPatchOfAnotherTreeDoesNotFit() throws {
    let rows = try rows("[1, 2, {\"a\": 3}]", "[1, 2, {\"a\": 4}]")
    let other = try JSONIndexer.index(Array("[1]".utf8), GoldenLimits())
    #expect(TreePatch(rows).apply(to: TreeValue(other, other.root)) == nil)
  }

  private func rows(_ left: String, _ right: String) throws -> TreeEntries {
    let comparison = try JSON().compare(Array(left.utf8), Array(right.utf8), ComparisonOptions())
    guard case .tree(let tree) = comparison.body, let rows = tree.source as? TreeEntries else {
      throw GoldenError.malformed("no tree")
    }
    return rows
  }
}

/// Trees that look random: objects with and without keys that tell them apart, numbers, words.
indirect enum RandomTree {
  case object([(String, RandomTree)])
  case array([RandomTree])
  case scalar(String)

  static func value(_ random: inout Generator, depth: Int) -> RandomTree {
    switch random.next() % (depth > 3 ? 3 : 6) {
    case 0: return .scalar("\(Int(random.next() % 9))")
    case 1:
      return .scalar(
        ["1.5", "0.10", "1e3", "NaN", "-0", "1e999", "9007199254740993"].randomElement(using: &random) ?? "0")
    case 2:
      return .scalar(["\"a\"", "\"b\\u0041\"", "\"é\"", "true", "false", "null"].randomElement(using: &random) ?? "0")
    case 3:
      return .object((0..<random.next() % 5).map { _ in (key(&random), value(&random, depth: depth + 1)) })
    case 4:
      let count = Int(random.next() % 8)
      return .array(
        (0..<count).map { .object([("id", .scalar("\($0)")), ("v", value(&random, depth: depth + 2))]) })
    default: return .array((0..<random.next() % 8).map { _ in value(&random, depth: depth + 1) })
    }
  }

  /// A tree near another one: values replaced, members and elements gone, come and moved.
  static func changed(_ tree: RandomTree, _ random: inout Generator) -> RandomTree {
    if random.next() % 12 == 0 { return value(&random, depth: 3) }
    switch tree {
    case .scalar: return tree
    case .object(var members):
      members = members.map { ($0.0, changed($0.1, &random)) }
      if random.next() % 4 == 0 { members.shuffle(using: &random) }
      if random.next() % 4 == 0, !members.isEmpty { members.removeLast() }
      if random.next() % 4 == 0 { members.append((key(&random), value(&random, depth: 3))) }
      return .object(members)
    case .array(var values):
      values = values.map { changed($0, &random) }
      if random.next() % 3 == 0, !values.isEmpty { values.remove(at: Int(random.next() % UInt64(values.count))) }
      if random.next() % 4 == 0 { values.insert(value(&random, depth: 3), at: 0) }
      if random.next() % 4 == 0 { values.shuffle(using: &random) }
      return .array(values)
    }
  }

  private static func key(_ random: inout Generator) -> String {
    ["a", "b", "c", "long key", "\\u0061", "é"].randomElement(using: &random) ?? "0"
  }

  var text: String {
    switch self {
    case .scalar(let text): text
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members): "{" + members.map { "\"\($0.0)\": \($0.1.text)" }.joined(separator: ", ") + "}"
    }
  }
}
