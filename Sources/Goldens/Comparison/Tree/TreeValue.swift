internal import DataSyntax

/// A JSON or YAML value with its scalars as they are written.
indirect enum TreeValue: Sendable {
  case object([(key: [UInt8], value: TreeValue)])
  case array([TreeValue])
  /// A string without escapes and quotes, a number or a word as written.
  case scalar(TreeDocument.Kind, [UInt8])

  /// The value of a node.
  init(_ document: TreeDocument, _ node: Int) {
    self = document.withView { TreeValue($0, node) }
  }

  init(_ view: TreeView, _ node: Int) {
    switch view.kind(node) {
    case .object:
      self = .object(
        view.children(node).map { (TreeWalk.name(view.key(Int($0))), TreeValue(view, Int($0))) })
    case .array: self = .array(view.children(node).map { TreeValue(view, Int($0)) })
    case .string: self = .scalar(.string, TreeWalk.decoded(view.text(node)))
    case .number, .literal: self = .scalar(view.kind(node), Array(view.text(node)))
    }
  }

  /// Whether two values mean the same: the order of keys and the way of writing a number are left out.
  func means(_ other: TreeValue) -> Bool {
    switch (self, other) {
    case (.object(let left), .object(let right)):
      guard left.count == right.count else { return false }
      let (ours, theirs) = (Self.sorted(left), Self.sorted(right))
      return zip(ours, theirs).allSatisfy { $0.key == $1.key && $0.value.means($1.value) }
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
    case (.scalar(.number, let left), .scalar(.number, let right)): return Self.isSameNumber(left, right)
    case (.scalar(let kind, let left), .scalar(let otherKind, let right)): return kind == otherKind && left == right
    default: return false
    }
  }

  /// Members by key; those of one key keep their order, which counts.
  private static func sorted(
    _ members: [(key: [UInt8], value: TreeValue)]
  ) -> [(key: [UInt8], value: TreeValue)] {
    members.enumerated().sorted { left, right in
      if left.element.key == right.element.key { return left.offset < right.offset }
      return left.element.key.lexicographicallyPrecedes(right.element.key)
    }.map(\.element)
  }

  private static func isSameNumber(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if left == right { return true }
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        if TreeNumber.isInteger(left), TreeNumber.isInteger(right) {
          return TreeNumber.areSameIntegers(left, right)
        }
        let (first, second) = (TreeNumber.double(left), TreeNumber.double(right))
        return first == second
          ? first.isFinite || !left.contains { $0 >= 0x30 && $0 <= 0x39 } : first.isNaN && second.isNaN
      }
    }
  }
}
