package import TriageModel

/// What makes a test tool skip the tests that are muted whatever they say.
///
/// A mute of one failure, of some labels or of one that is over makes no tool skip: the test would no longer be seen
/// when it fails in another way. Those are named as comments.
package struct MuteExport {
  /// The tools that names are written for.
  package enum Tool: String, Sendable, CaseIterable {
    case pytest
    case go
    case swift
    case jest
    case ctest

    /// What is done with the output.
    package var usage: String {
      switch self {
      case .pytest: "assay mutes export --for pytest > muted.txt; pytest @muted.txt (pytest 8.2 or later)"
      case .go: "go test -skip \"$(assay mutes export --for go)\" ./... (in every package that has a test of the name)"
      case .swift: "assay mutes export --for swift | tr '\\n' '\\0' | xargs -0 swift test"
      case .jest: "assay mutes export --for jest | tr '\\n' '\\0' | xargs -0 npx jest"
      case .ctest: "ctest -E \"$(assay mutes export --for ctest)\""
      }
    }
  }

  /// The tests that are skipped, by their stable names.
  package private(set) var tests: [String] = []
  /// What is not exported and why, a sentence each.
  package private(set) var left: [String] = []
  private let tool: Tool

  /// What a tool is told of mutes on a day.
  ///
  /// - Parameter isWide: Whether tests whose mute is of one failure are skipped too.
  package init(_ mutes: [Mute], on today: Day, for tool: Tool, isWide: Bool) {
    self.tool = tool
    for mute in mutes {
      if mute.isExpired(on: today) {
        left.append("\(mute.subject) expired on \(mute.expires)")
      } else if !mute.labels.isEmpty {
        left.append("\(mute.subject) is for some runs only")
      } else if mute.signature != nil, !isWide {
        left.append("\(mute.subject): to skip the test would hide its other failures too (--wide)")
      } else if case .test(let name) = mute.scope, name.contains("<") || name.contains("\n") {
        left.append("\(name) has parts that change with every run, so no tool knows it by that name")
      } else if case .test(let name) = mute.scope {
        if !tests.contains(name) { tests.append(name) }
      } else {
        left.append("\(mute.scope.text) is a pattern, which \(tool.rawValue) has no word for")
      }
    }
  }

  /// Arguments of the tool, one a line and none quoted; for go and ctest the one pattern. Empty when nothing is skipped.
  package var text: String {
    switch tool {
    case .pytest: tests.map { "--deselect=" + $0 }.joined(separator: "\n")
    case .go:
      // The tool parts alternatives first, then the levels of subtests.
      tests.map { test in
        Self.last(of: test).components("/").map { "^" + Self.escaped($0) + "$" }.joined(separator: "/")
      }.joined(separator: "|")
    case .swift: tests.map { "--skip=^" + Self.escaped(Self.specifier($0)) + "(/|$)" }.joined(separator: "\n")
    case .jest: tests.isEmpty ? "" : "--testNamePattern=^(?!(\(Self.alternatives(tests)))$)"
    case .ctest: tests.isEmpty ? "" : "^(\(Self.alternatives(tests)))$"
    }
  }

  /// `Module.Suite/test`, as swift-testing and XCTest name a test.
  private static func specifier(_ name: String) -> String { name.components("::").joined(separator: "/") }

  private static func last(of name: String) -> String { name.components("::").last ?? name }

  private static func alternatives(_ names: [String]) -> String {
    names.map { escaped(last(of: $0)) }.joined(separator: "|")
  }

  /// A name as a pattern of itself.
  private static func escaped(_ name: String) -> String {
    name.map { "\\^$.|?*+()[]{}".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

extension String {
  /// The parts between separators.
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: true).map(String.init)
  }
}
