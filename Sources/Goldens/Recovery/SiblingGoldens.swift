internal import SafeText
internal import TriageModel

/// Pairs of frameworks that leave what was produced beside the golden, under a name that tells the golden's.
struct SiblingGoldens {
  /// What a file is the actual side of.
  struct Actual {
    /// The file of the run, or of the repository when the run happened there.
    var side: GoldenPair.Side
    /// The path as it is listed.
    var path: String
    /// Whether it lies in the repository.
    var isLocal: Bool
  }

  let evidence: GoldenEvidence
  let convention: String
  /// Names of files that failures speak of, with the tests.
  private let tests: [String: TestIndex]

  /// - Parameter mark: What failures that name a file of the convention have in them.
  init(_ evidence: GoldenEvidence, convention: String, mark: String) {
    self.evidence = evidence
    self.convention = convention
    tests = Self.named(mark, in: evidence)
  }

  /// Files whose name fits: those of the run, and those of the repository when the run happened there.
  func actuals(where isWanted: (String) -> Bool) -> [Actual] {
    var found = evidence.runFiles(where: isWanted).map {
      Actual(side: evidence.side($0), path: $0.path, isLocal: false)
    }
    guard evidence.isLocal else { return found }
    for name in evidence.repository.byName.keys.filter(isWanted).sorted() {
      for path in evidence.repository.byName[name] ?? [] {
        found.append(Actual(side: evidence.side(left: path), path: path, isLocal: true))
      }
    }
    return found
  }

  /// The pair of an actual whose golden would lie at `path`, were the run's folder the repository's.
  func pair(_ actual: Actual, golden path: String) -> GoldenPair? {
    guard let place = actual.isLocal ? path : place(path), PathText.normal(place) == place else { return nil }
    let test = tests[PathText.name(path)] ?? tests[PathText.name(actual.path)]
    // An empty golden that a framework made of a missing one has the bytes it has, and nobody accepted them.
    let isEmpty = evidence.hasGolden(place) && evidence.readRepositoryFile(place, 1 << 30)?.isEmpty == true
    let expected: GoldenPair.Side = isEmpty ? .bytes([]) : evidence.hasGolden(place) ? .repository : .none
    return GoldenPair(
      location: GoldenLocation(path: place), convention: convention,
      test: test.map { evidence.run.table.id(of: $0) } ?? "",
      testIndex: test, expected: expected, actual: actual.side, recovery: .exact)
  }

  /// Where a path of the artifacts leads in the repository: artifacts may lack its upper folders, or have more of them.
  func place(_ path: String) -> String? {
    if evidence.hasGolden(path) { return path }
    if let known = evidence.golden(like: path) { return known }
    guard evidence.repository.byName[PathText.name(path)] == nil else { return nil }
    // A new golden: its folder is one that the repository has.
    var parts = PathText.parts(PathText.folder(path))
    while !parts.isEmpty {
      let folder = parts.joined(separator: "/")
      if evidence.repository.folders.contains(folder) { return PathText.join(folder, PathText.name(path)) }
      parts.removeFirst()
    }
    return nil
  }

  private static func named(_ mark: String, in evidence: GoldenEvidence) -> [String: TestIndex] {
    var tests: [String: TestIndex] = [:]
    for failure in evidence.failures(saying: mark) {
      for line in FailureText(failure.text).lines where line.contains(mark) && line.utf8.count < 8192 {
        for word in line.split(whereSeparator: { " \t\"'`/\\,()[]<>=:".contains($0) }) where word.contains(mark) {
          tests[String(word)] = failure.test
        }
      }
    }
    return tests
  }
}

extension String {
  /// The text with the last occurrence of a part replaced; nil when it does not have that part.
  func replacingLast(_ part: String, with other: String) -> String? {
    let bytes = Array(utf8)
    let wanted = Array(part.utf8)
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return nil }
    for start in stride(from: bytes.count - wanted.count, through: 0, by: -1)
    where bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return String(decoding: bytes[..<start] + Array(other.utf8) + bytes[(start + wanted.count)...], as: UTF8.self)
    }
    return nil
  }
}
