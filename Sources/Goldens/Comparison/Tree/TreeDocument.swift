/// A JSON or YAML document as a flat array of nodes over its bytes, in reading order: no node is an object of its own.
struct TreeDocument: Sendable {
  /// What a node is.
  enum Kind: UInt8, Sendable {
    case object
    case array
    case string
    case number
    /// `true`, `false`, `null`.
    case literal
  }

  /// One value. Its children follow it; `next` is the node behind the last of them.
  struct Node: Sendable {
    /// Where its text begins and ends in `bytes`.
    var start: UInt32
    var end: UInt32 = 0
    /// The key that leads to it, as written between the quotes; `keyEnd` is 0 where there is none.
    var keyStart: UInt32 = 0
    var keyEnd: UInt32 = 0
    var next: UInt32 = 0
    /// Children.
    var count: UInt32 = 0
    var kind: Kind

    var isContainer: Bool { kind == .object || kind == .array }
  }

  /// What nodes point into.
  var bytes: [UInt8]
  var nodes: [Node] = []
  /// The node of the whole document.
  var root = 0
  /// Whether the root stands for a value a line.
  var isLines = false
  /// Values that have no values inside.
  var leaves = 0
}

/// A document while it is compared: pointers, so that nothing is counted or checked twice in the inner loops.
struct TreeView {
  let bytes: UnsafeBufferPointer<UInt8>
  let nodes: UnsafeBufferPointer<TreeDocument.Node>

  /// The text of a value as written.
  func text(_ node: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(nodes[node].start)
    return UnsafeBufferPointer(rebasing: bytes[start..<max(start, Int(nodes[node].end))])
  }

  /// The key as written between its quotes.
  func key(_ node: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(nodes[node].keyStart)
    return UnsafeBufferPointer(rebasing: bytes[start..<max(start, Int(nodes[node].keyEnd))])
  }

  func kind(_ node: Int) -> TreeDocument.Kind { nodes[node].kind }

  /// The node behind this one and all inside it.
  func next(_ node: Int) -> Int { Int(nodes[node].next) }

  /// The children of an object or array.
  func children(_ node: Int) -> [Int32] {
    var children: [Int32] = []
    children.reserveCapacity(Int(nodes[node].count))
    var child = node + 1
    let end = next(node)
    while child < end {
      children.append(Int32(truncatingIfNeeded: child))
      child = next(child)
    }
    return children
  }
}

extension TreeDocument {
  /// Runs with pointers to two documents.
  static func withViews<Result>(
    _ left: TreeDocument, _ right: TreeDocument, _ body: (TreeView, TreeView) -> Result
  ) -> Result {
    left.withView { leftView in right.withView { rightView in body(leftView, rightView) } }
  }

  /// Runs with pointers to the document.
  func withView<Result>(_ body: (TreeView) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      nodes.withUnsafeBufferPointer { nodes in body(TreeView(bytes: bytes, nodes: nodes)) }
    }
  }
}
