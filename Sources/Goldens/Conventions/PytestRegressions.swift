internal import SafeText
internal import TriageModel

/// pytest-regressions: goldens in a folder named for the module, what was obtained in pytest's temporary folder.
///
/// `tmp_path` cuts folder names, so files are matched by their own names; the copy of the golden that datadir puts
/// beside the obtained file is what the test compared with.
struct PytestRegressions: GoldenConvention {
  let id = "pytest-regressions"
  let title = "pytest-regressions"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    var pairs = ObtainedFiles(evidence, convention: id).pairs()
    let covered = Set(pairs.map(\.location))
    pairs += RegressionFailures(evidence, convention: id).pairs().filter { !covered.contains($0.location) }
    return pairs
  }

  /// `test_x.yml` of `test_x.obtained.yml`; nil for other names.
  static func goldenName(_ name: String) -> String? {
    let mark = Array(".obtained.".utf8)
    let bytes = Array(name.utf8)
    guard bytes.count > mark.count, bytes.count <= 512 else { return nil }
    for start in stride(from: bytes.count - mark.count - 1, through: 1, by: -1)
    where bytes[start..<start + mark.count].elementsEqual(mark) {
      let ending = bytes[(start + mark.count)...]
      if ending.elementsEqual("diff.html".utf8) { return nil }
      return String(decoding: bytes[..<start] + [0x2E] + ending, as: UTF8.self)
    }
    return nil
  }
}

/// Obtained files among a run's files, and the goldens they are of.
private struct ObtainedFiles {
  private struct Obtained {
    var file: RunFile
    var goldenName: String
    /// The golden's copy beside it.
    var copy: RunFile?
  }

  private struct Choice {
    var path: String
    var test: TestIndex?
    var isGuessed = false
  }

  private let evidence: GoldenEvidence
  private let convention: String
  private let layout: PytestLayout
  private let obtained: [Obtained]
  private let names: PytestNames
  /// Tests whose failure names an obtained file, with the parts of the path it names.
  private let named: [String: [(parts: [Substring], test: TestIndex)]]

  init(_ evidence: GoldenEvidence, convention: String) {
    self.evidence = evidence
    self.convention = convention
    layout = PytestLayout(evidence)
    let files = evidence.runFiles { PytestRegressions.goldenName($0) != nil }
    obtained = files.compactMap { file in
      PytestRegressions.goldenName(PathText.name(file.path)).map { name in
        let copy = PathText.join(PathText.folder(file.path), name)
        return Obtained(file: file, goldenName: name, copy: evidence.runFile(at: copy))
      }
    }
    names = PytestNames(Set(obtained.map { PathText.stem($0.goldenName) }), in: evidence.run.table)
    named = obtained.isEmpty ? [:] : Self.named(evidence)
  }

  private static func named(
    _ evidence: GoldenEvidence
  ) -> [String: [(parts: [Substring], test: TestIndex)]] {
    var named: [String: [(parts: [Substring], test: TestIndex)]] = [:]
    for failure in evidence.failures(saying: ".obtained.") {
      for line in FailureText(failure.text).lines where line.contains(".obtained.") {
        guard let word = line.split(separator: " ").last else { continue }
        let parts = word.split(separator: "/")
        if let name = parts.last { named[String(name), default: []].append((parts, failure.test)) }
      }
    }
    return named
  }

  func pairs() -> [GoldenPair] {
    var groups: [String: [(obtained: Obtained, choice: Choice)]] = [:]
    for item in obtained {
      guard let choice = choice(for: item), PathText.normal(choice.path) == choice.path else { continue }
      groups[choice.path, default: []].append((item, choice))
    }
    return groups.keys.sorted().compactMap { place in pair(place, groups[place] ?? []) }
  }

  private func pair(_ place: String, _ all: [(obtained: Obtained, choice: Choice)]) -> GoldenPair? {
    let ordered = all.sorted { PathText.naturallyPrecedes($0.obtained.file.path, $1.obtained.file.path) }
    guard let last = ordered.last else { return nil }
    let test = last.choice.test
    var pair = GoldenPair(
      location: GoldenLocation(path: place), convention: convention,
      test: test.map { evidence.run.table.id(of: $0) } ?? "",
      testIndex: test, expected: expected(last.obtained, place), actual: evidence.side(last.obtained.file),
      recovery: last.choice.isGuessed ? .partial : .exact)
    if last.choice.isGuessed {
      pair.remarks.append("Several tests have this name, and nothing tells which of them wrote the file.")
    }
    addAttempts(ordered.dropLast().map(\.obtained.file), last.obtained.file, to: &pair)
    return pair
  }

  /// Retries leave a folder each; where one produced other bytes, the golden is not deterministic.
  private func addAttempts(_ others: [RunFile], _ last: RunFile, to pair: inout GoldenPair) {
    guard !others.isEmpty, let bytes = evidence.bytes(last) else { return }
    let own = ContentHash(of: bytes)
    for file in others {
      guard let bytes = evidence.bytes(file) else { continue }
      let hash = ContentHash(of: bytes)
      if hash == own || pair.otherActuals.contains(hash) { continue }
      if Self.leg(file.path) == Self.leg(last.path) {
        pair.otherActuals.append(hash)
      } else {
        pair.remarks.append("Another leg of the run (\(PathText.folder(file.path))) produced other bytes.")
      }
    }
  }

  /// The folders above pytest's own: what tells the legs of a matrix apart.
  private static func leg(_ path: String) -> [Substring] {
    PathText.parts(PathText.folder(path)).dropLast().filter { part in
      !(part.hasPrefix("popen-gw") || (part.hasPrefix("pytest-") && part.dropFirst(7).allSatisfy(\.isNumber)))
    }
  }

  private func expected(_ obtained: Obtained, _ place: String) -> GoldenPair.Side {
    if let copy = obtained.copy { return evidence.side(copy) }
    return evidence.hasGolden(place) ? .repository : .none
  }

  private func choice(for item: Obtained) -> Choice? {
    let tests = tests(of: item)
    let places = tests.compactMap { test in
      layout.location(of: test).map { (path: PathText.join($0.dataFolder, item.goldenName), test: test) }
    }
    let known = places.filter { evidence.hasGolden($0.path) }
    if Set(known.map(\.path)).count == 1 { return Choice(path: known[0].path, test: known[0].test) }
    if !known.isEmpty { return byCopy(item, known.map(\.path), known) }
    let goldens = evidence.repository.byName[item.goldenName] ?? []
    let only = tests.count == 1 ? tests[0] : nil
    if goldens.count == 1 { return Choice(path: goldens[0], test: only) }
    if !goldens.isEmpty { return byCopy(item, goldens, places) }
    return places.first.map { Choice(path: $0.path, test: $0.test, isGuessed: places.count > 1) }
  }

  /// The golden among several whose bytes are those of the copy.
  private func byCopy(_ item: Obtained, _ paths: [String], _ tests: [(path: String, test: TestIndex)]) -> Choice? {
    let copy = item.copy.flatMap(evidence.bytes)
    let same = copy == nil ? [] : Set(paths).sorted().filter { evidence.golden($0) == copy }
    guard let place = same.first ?? paths.first else { return nil }
    return Choice(path: place, test: tests.first { $0.path == place }?.test, isGuessed: same.count != 1)
  }

  /// The test that a failure's text names for the file, else those with the golden's name.
  private func tests(of item: Obtained) -> [TestIndex] {
    let parts = PathText.parts(item.file.path)
    let entries = named[PathText.name(item.file.path)] ?? []
    let common = entries.map { PathText.commonEnd($0.parts, parts) }
    // The temporary folder counts: without it only the name agrees.
    if let best = common.max(), best >= 2 {
      let tests = Set(zip(entries, common).filter { $1 == best }.map(\.0.test))
      if tests.count == 1, let test = tests.first { return [test] }
    }
    return names[PathText.stem(item.goldenName)]
  }
}

/// What pytest-regressions' failures tell of goldens whose obtained files were not kept.
struct RegressionFailures {
  private let evidence: GoldenEvidence
  private let convention: String
  private let layout: PytestLayout

  init(_ evidence: GoldenEvidence, convention: String) {
    self.evidence = evidence
    self.convention = convention
    layout = PytestLayout(evidence)
  }

  func pairs() -> [GoldenPair] {
    different() + tooDifferent() + created() + numbers()
  }

  /// Two paths and a whole unified difference.
  private func different() -> [GoldenPair] {
    evidence.failures(saying: "FILES DIFFER:").compactMap { failure in
      guard let block = FailureText(failure.text).block(after: "FILES DIFFER:"), let first = block.first,
        var pair = pair(failure.test, name: PathText.name(String(first)))
      else { return nil }
      replay(UnifiedPatch(block.dropFirst(2)), in: &pair)
      return pair
    }
  }

  private func replay(_ patch: UnifiedPatch, in pair: inout GoldenPair) {
    guard let golden = evidence.golden(pair.location.path) else {
      pair.remarks.append("The golden as the run compared with it is not there.")
      return
    }
    do throws(UnifiedPatch.Failure) {
      pair.actual = .bytes(try patch.applied(to: golden))
      pair.recovery = patch.isEmpty ? .nothing : .replayed
      pair.remarks.append(
        "Line ends are the golden's: the failure does not tell them, and the test does not compare them.")
    } catch {
      pair.remarks.append("The difference that the failure shows does not fit the golden.")
    }
  }

  private func tooDifferent() -> [GoldenPair] {
    evidence.failures(saying: "Files are different, but diff is too big").compactMap { failure in
      let lines = FailureText(failure.text).lines
      guard let line = lines.first(where: { $0.contains("- expected: ") }),
        var pair = pair(failure.test, name: PathText.name(String(line)))
      else { return nil }
      pair.remarks.append("More than 500 lines differ: the failure does not show them.")
      return pair
    }
  }

  /// A golden that was not there: pytest-regressions writes it at once, and fails.
  private func created() -> [GoldenPair] {
    let mark = "File not found in data directory, created:"
    return evidence.failures(saying: mark).compactMap { failure in
      guard let line = FailureText(failure.text).block(after: mark)?.first,
        var pair = pair(failure.test, name: PathText.name(String(line)))
      else { return nil }
      pair.expected = .none
      if evidence.isLocal, evidence.hasGolden(pair.location.path) {
        pair.actual = evidence.side(left: pair.location.path)
        pair.recovery = .exact
        pair.remarks.append("pytest-regressions has written it already.")
      }
      return pair
    }
  }

  /// Tables of the cells that differ: enough to see how much, not to write a golden.
  private func numbers() -> [GoldenPair] {
    let mark = "Values are not sufficiently close."
    return evidence.failures(saying: mark).compactMap { failure in
      guard let name = layout.location(of: failure.test)?.name else { return nil }
      let base = PytestNames.mangled(name)
      let isArray = failure.text.contains("Number of differences:")
      for ending in isArray ? [".npz"] : [".csv", ".parquet"] {
        guard var pair = pair(failure.test, name: base + ending), evidence.hasGolden(pair.location.path) else {
          continue
        }
        pair.recovery = .statistics
        pair.remarks.append("The failure shows the numbers that differ, not the file that was obtained.")
        return pair
      }
      return nil
    }
  }

  private func pair(_ test: TestIndex, name: String) -> GoldenPair? {
    var place: String?
    if let location = layout.location(of: test) { place = PathText.join(location.dataFolder, name) }
    if place.map(evidence.hasGolden) != true, let named = evidence.repository.byName[name], named.count == 1 {
      place = named[0]
    }
    guard let place, PathText.normal(place) == place else { return nil }
    return GoldenPair(
      location: GoldenLocation(path: place), convention: convention, test: evidence.run.table.id(of: test),
      testIndex: test,
      expected: evidence.hasGolden(place) ? .repository : .unknown, actual: .unknown, recovery: .nothing)
  }
}
