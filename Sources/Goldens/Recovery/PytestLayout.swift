internal import TriageModel

/// Where pytest's tests lie in the repository.
struct PytestLayout {
  /// A test function's place.
  struct Location: Equatable {
    /// The module's file, relative to the repository.
    var module: String
    /// The classes around the function, outermost first.
    var classes: [String]
    /// The function's name with its parameters.
    var name: String

    /// The folder of the module.
    var folder: String { PathText.folder(module) }
    /// The module's file name without `.py`.
    var stem: String { PathText.stem(PathText.name(module)) }
    /// The folder that datadir plugins give the module: beside it, with its name.
    var dataFolder: String { PathText.join(folder, stem) }
  }

  private let evidence: GoldenEvidence

  init(_ evidence: GoldenEvidence) { self.evidence = evidence }

  /// Where a test lies; nil when the repository has no module that fits its suite.
  func location(of test: TestIndex) -> Location? {
    let table = evidence.run.table
    let suite = table.suiteName(table.suite(of: test))
    return Self.location(suite: suite, name: table.name(of: test)) { module in self.module(like: module) }
  }

  /// Where a node id leads.
  func location(ofNode id: String) -> Location? {
    guard let mark = Self.range(of: ".py::", in: id) else { return nil }
    let module = String(id[..<id.utf8.index(mark, offsetBy: 3)])
    var rest = String(id[id.utf8.index(mark, offsetBy: 5)...])
    var classes: [String] = []
    let bracket = rest.firstIndex(of: "[") ?? rest.endIndex
    while let next = Self.range(of: "::", in: rest), next < (rest.firstIndex(of: "[") ?? bracket) {
      classes.append(String(rest[..<next]))
      rest = String(rest[rest.utf8.index(next, offsetBy: 2)...])
    }
    guard let found = self.module(like: module) else { return nil }
    return Location(module: found, classes: classes, name: rest)
  }

  /// The repository's file for a module as pytest names it: pytest's root may lie below the repository's.
  private func module(like path: String) -> String? {
    if evidence.hasGolden(path) { return path }
    let wanted = PathText.parts(path)
    let fitting = (evidence.repository.byName[PathText.name(path)] ?? []).filter {
      PathText.commonEnd(PathText.parts($0), wanted) == wanted.count
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  private static func location(
    suite: String, name: String, module: (String) -> String?
  ) -> Location? {
    if let mark = range(of: ".py", in: suite) {
      let end = suite.utf8.index(mark, offsetBy: 3)
      let classes = suite[end...].split(separator: ":").map(String.init)
      return module(String(suite[..<end])).map { Location(module: $0, classes: classes, name: name) }
    }
    // A class name of JUnit: `tests.unit.test_a.TestX`.
    let words = suite.split(separator: ".")
    guard words.count <= 64 else { return nil }
    for count in stride(from: words.count, to: 0, by: -1) {
      if let found = module(words[..<count].joined(separator: "/") + ".py") {
        return Location(module: found, classes: words[count...].map(String.init), name: name)
      }
    }
    return nil
  }

  private static func range(of text: String, in whole: String) -> String.Index? {
    let needle = Array(text.utf8)
    let bytes = whole.utf8
    var place = bytes.startIndex
    while let first = bytes[place...].firstIndex(of: needle[0]) {
      if bytes[first...].starts(with: needle) { return first }
      place = bytes.index(after: first)
    }
    return nil
  }
}
