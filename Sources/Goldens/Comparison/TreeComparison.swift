/// Two trees path by path: JSON and YAML.
package struct TreeComparison: Sendable {
  /// One row of the tree view: a value of either side or of both, or values that are alike and folded.
  package struct Row: Sendable, Equatable {
    /// How deep it lies, from 0.
    package var depth: Int
    /// The key or index that leads to it from its parent, as it is written; empty for the root.
    package var label: String
    /// The value as the expected side writes it, in one line; `{…}` and `[…]` with counts for what has rows of its own.
    package var expected: String?
    /// The value as the actual side writes it.
    package var actual: String?
    /// How the two relate; `changed` for a branch with changes inside.
    package var kind: AlignedRun.Kind
    /// Whether rows of its own follow, one level deeper.
    package var isBranch: Bool
    /// For a row that stands for values that are alike: how many.
    package var folded: Int

    /// A row.
    package init(
      depth: Int, label: String, expected: String?, actual: String?, kind: AlignedRun.Kind, isBranch: Bool = false,
      folded: Int = 0
    ) {
      self.depth = depth
      self.label = label
      self.expected = expected
      self.actual = actual
      self.kind = kind
      self.isBranch = isBranch
      self.folded = folded
    }
  }

  /// The rows: every change and the branches that lead to it; what is alike between them is folded into one row each.
  package var source: any TreeSource

  /// A tree of both sides.
  package init(source: any TreeSource) {
    self.source = source
  }

  /// The number of rows.
  package var count: Int { source.count }

  /// A row; `index` is below `count`.
  package func row(at index: Int) -> Row { source.row(at: index) }

  /// The path of a row as people write it: `$.scores[3].label`.
  package func path(at index: Int) -> String { source.path(at: index) }

  /// The nearest row behind (or before) another that is a change itself and no branch; nil when there is none.
  package func change(from index: Int, forward: Bool) -> Int? {
    var next = index + (forward ? 1 : -1)
    while next >= 0, next < count {
      let row = row(at: next)
      if !row.isBranch, row.folded == 0, row.kind != .equal { return next }
      next += forward ? 1 : -1
    }
    return nil
  }
}

/// Where a tree comparison reads rows when they are shown.
package protocol TreeSource: Sendable {
  /// The number of rows.
  var count: Int { get }
  /// A row; `index` is below `count`.
  func row(at index: Int) -> TreeComparison.Row
  /// The path of a row as people write it.
  func path(at index: Int) -> String
}
