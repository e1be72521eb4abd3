import Goldens
import SafeText
import TestSupport
import Testing
import TriageModel

/// What every convention promises, whatever it is given.
@Suite struct GoldenConventionContractTests {
  private static let ids = GoldenConventions.all.map { $0.id }

  private static func fixture(_ id: String) -> RecordedRun {
    let folder = Files.folder(of: #filePath, up: 2) + "/Fixtures/" + id
    return RecordedRun(fixture: folder)
  }

  private func convention(_ id: String) throws -> any GoldenConvention {
    try #require(GoldenConventions.named(id))
  }

  @Test func keepsItsRegistrySortedWithEveryIDOnce() {
    #expect(Self.ids == Self.ids.sorted())
    #expect(Set(Self.ids).count == Self.ids.count)
    #expect(GoldenWords.conventions == Self.ids)
  }

  @Test(arguments: ids) func hasAFixtureThatOnlyItClaims(_ id: String) {
    let evidence = Self.fixture(id).evidence
    let claiming = GoldenConventions.all.filter { !$0.pairs(in: evidence).isEmpty }.map { $0.id }
    #expect(claiming == [id])
  }

  @Test(arguments: ids) func findsTheSamePairsAsWhenTheyWereReviewed(_ id: String) {
    let run = Self.fixture(id)
    let text = GoldenConventions.pairs(in: run.evidence).map { Self.account($0, run) }.joined(separator: "\n\n")
    let difference = Golden.difference(text, named: id, kind: "pairs", file: Files.folder(of: #filePath, up: 2) + "/x")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test(arguments: ids) func namesOnlyPlacesInTheRepository(_ id: String) throws {
    for pair in try convention(id).pairs(in: Self.fixture(id).evidence) {
      #expect(PathText.normal(pair.location.path) == pair.location.path)
      if pair.recovery.isApprovable { #expect(pair.actual != .unknown) }
    }
  }

  /// Reports of strangers: names that lead out, and names that are no names.
  @Test(arguments: ids, ["../../etc/passwd", "/etc/passwd", "a\0b", "…long…", "", "//", ".."])
  func survivesNamesThatLeadOut(_ id: String, _ name: String) throws {
    let name = name == "…long…" ? String(repeating: "x", count: 1 << 20) : name
    for place in 0..<3 {
      var run = Self.fixture(id)
      run.rename = { path in
        var parts = path.split(separator: "/").map(String.init)
        if place < parts.count { parts[place] = place == parts.count - 1 ? name + parts[place] : name }
        return parts.joined(separator: "/")
      }
      for pair in try convention(id).pairs(in: run.evidence) {
        #expect(PathText.normal(pair.location.path) == pair.location.path)
      }
    }
  }

  /// What is cut or garbled is refused or told, never a trap.
  @Test(arguments: ids) func survivesDamagedFiles(_ id: String) throws {
    let run = Self.fixture(id)
    let whole = run.evidence
    var random = SplitMix(seed: 7)
    for _ in 0..<40 {
      let cut = Int(random.next() % 400)
      let damage: @Sendable ([UInt8]?) -> [UInt8]? = { bytes in
        guard let bytes else { return nil }
        var part = Array(bytes.prefix(bytes.count * cut / 400))
        if !part.isEmpty { part[cut % part.count] ^= UInt8(truncatingIfNeeded: cut) }
        return part
      }
      let evidence = GoldenEvidence(
        run: whole.run, repository: whole.repository, isLocal: true, rules: whole.rules,
        readRunFile: { damage(whole.readRunFile($0, $1)) },
        readRepositoryFile: { damage(whole.readRepositoryFile($0, $1)) },
        readGoldenAtRun: { damage(whole.readGoldenAtRun($0, $1)) }, locate: whole.locate)
      for pair in try convention(id).pairs(in: evidence) {
        #expect(PathText.normal(pair.location.path) == pair.location.path)
      }
    }
  }

  @Test(arguments: ids) func findsNothingWhereNothingIs(_ id: String) throws {
    let run = Run(info: RunInfo(identity: RunIdentity(source: "example", id: "1")), table: TestTable())
    let evidence = GoldenEvidence(
      run: run, repository: RepositoryListing([]), isLocal: true, rules: [], readRunFile: { _, _ in nil },
      readRepositoryFile: { _, _ in nil }, readGoldenAtRun: { _, _ in nil }, locate: { $0 })
    #expect(try convention(id).pairs(in: evidence).isEmpty)
  }

  private static func account(_ pair: GoldenPair, _ run: RecordedRun) -> String {
    var lines = [pair.location.description, "  \(pair.convention), \(pair.recovery.name), test \(pair.test)"]
    if pair.testIndex == nil { lines.append("  (not among the run's tests)") }
    if let tolerance = pair.tolerance { lines.append("  rtol \(tolerance.relative) atol \(tolerance.absolute)") }
    lines.append("  expected: " + side(pair.expected, pair.location, run))
    lines.append("  actual:   " + side(pair.actual, pair.location, run))
    return (lines + pair.remarks.map { "  " + $0 }).joined(separator: "\n")
  }

  private static func side(_ side: GoldenPair.Side, _ place: GoldenLocation, _ run: RecordedRun) -> String {
    let bytes = run.bytes(side, place)
    switch side {
    case .file(_, let shown): return shown + " " + head(bytes)
    case .bytes: return head(bytes)
    case .repository: return "the golden"
    case .none: return "none"
    case .unknown: return "unknown"
    }
  }

  private static func head(_ bytes: [UInt8]?) -> String {
    guard let bytes else { return "(gone)" }
    let hash = ContentHash(of: bytes).short
    guard bytes.count < 200, !bytes.contains(0) else { return "\(bytes.count) bytes, \(hash)" }
    return String(decoding: bytes, as: UTF8.self).debugDescription
  }
}

/// Numbers that look random and are the same each time.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
