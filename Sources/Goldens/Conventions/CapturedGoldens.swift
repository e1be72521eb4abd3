internal import SafeText
internal import DataSyntax
internal import TriageModel

/// assay's own manifest, `assay-goldens.jsonl`: a line a pair, with the paths and hashes of both sides' bytes.
struct CapturedGoldens: GoldenConvention {
  let id = "assay-manifest"
  let title = "assay capture"

  private static let sizeLimit = 64 << 20
  private static let lineLimit = 200_000
  private static let sourceRemark =
    "The expected values stand in the test's code: both sides are there to look at, and there is no golden to approve."

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let layout = PytestLayout(evidence)
    var pairs: [GoldenLocation: GoldenPair] = [:]
    let manifests = evidence.runFiles { $0.hasPrefix("assay-goldens") && $0.hasSuffix(".jsonl") }
    for file in manifests.sorted(by: { $0.path < $1.path }) {
      guard let bytes = evidence.readRunFile(file.location, Self.sizeLimit) else { continue }
      for line in bytes.split(separator: 0x0A).prefix(Self.lineLimit) {
        guard let value = try? JSONValue(parsing: Array(line)),
          var pair = pair(value, folder: PathText.folder(file.path), layout, evidence)
        else { continue }
        if let earlier = pairs[pair.location] { Self.add(earlier, to: &pair) }
        pairs[pair.location] = pair
      }
    }
    let tests = TestsByID(Set(pairs.values.map(\.test)), in: evidence.run.table)
    return pairs.values.map { pair in
      var pair = pair
      pair.testIndex = tests[pair.test]
      return pair
    }
  }

  func entries(of file: [UInt8]) throws(SpliceError) -> [String: [UInt8]] {
    throw .unwritable("the expected values stand in the test's code")
  }

  func replacing(_ key: String, of file: [UInt8]?, with bytes: [UInt8]?) throws(SpliceError) -> [UInt8] {
    throw .unwritable("the expected values stand in the test's code")
  }

  /// A later line tells of a later attempt.
  private static func add(_ earlier: GoldenPair, to pair: inout GoldenPair) {
    let own = pair.claimedHashes.actual
    let others = (earlier.otherActuals + [earlier.claimedHashes.actual].compactMap { $0 }).filter { $0 != own }
    for hash in others where !pair.otherActuals.contains(hash) { pair.otherActuals.append(hash) }
  }

  private func pair(
    _ value: JSONValue, folder: String, _ layout: PytestLayout, _ evidence: GoldenEvidence
  ) -> GoldenPair? {
    guard let test = value["nodeid"]?.string, test.utf8.count <= 4096,
      let place = place(value, test, layout, evidence), let actual = actual(value, folder, evidence)
    else { return nil }
    var pair = GoldenPair(
      location: place, convention: convention(value), test: test, expected: expected(value, folder, place, evidence),
      actual: actual, recovery: actual == .unknown ? .nothing : .exact)
    pair.kind = value["kind"]?.string
    pair.claimedHashes = (Self.hash(value["golden_sha256"]), Self.hash(value["actual_sha256"]))
    pair.tolerance = Self.tolerance(value)
    if value["golden"]?.string == nil {
      pair.isInSource = true
      pair.remarks.append(Self.sourceRemark)
    }
    return pair
  }

  /// The framework whose file it is, which knows how to splice entries; assay's manifest itself when it is none.
  private func convention(_ value: JSONValue) -> String {
    guard value["golden"]?.string != nil, let name = value["framework"]?.string,
      ["pytest-mpl", "pytest-regressions", "syrupy"].contains(name)
    else { return id }
    return name
  }

  /// The golden; for a comparison with values of the test's code the module, with the test and its number as entry.
  private func place(
    _ value: JSONValue, _ test: String, _ layout: PytestLayout, _ evidence: GoldenEvidence
  ) -> GoldenLocation? {
    let entry = value["entry"]?.string
    if let entry, entry.utf8.count > 4096 || entry.utf8.contains(0) { return nil }
    guard let golden = value["golden"]?.string else {
      guard let location = layout.location(ofNode: test) else { return nil }
      let name = (location.classes + [location.name]).joined(separator: "::")
      return GoldenLocation(path: location.module, entry: [name, entry ?? "values"].joined(separator: " "))
    }
    guard let path = PathText.normal(golden) else { return nil }
    if evidence.hasGolden(path) { return GoldenLocation(path: path, entry: entry) }
    let isNew = Self.hash(value["golden_sha256"]) == nil
    if !isNew, let known = evidence.golden(like: path), known.hasSuffix("/" + path) {
      return GoldenLocation(path: known, entry: entry)
    }
    return GoldenLocation(path: path, entry: entry)
  }

  private func expected(
    _ value: JSONValue, _ folder: String, _ place: GoldenLocation, _ evidence: GoldenEvidence
  ) -> GoldenPair.Side {
    if let file = listed(value["expected"], folder, evidence) { return evidence.side(file) }
    if Self.hash(value["golden_sha256"]) == nil { return value["golden"]?.string == nil ? .unknown : .none }
    return evidence.hasGolden(place.path) ? .repository : .unknown
  }

  /// What was produced: a listed file; none for a deletion; unknown where the file did not come along.
  private func actual(_ value: JSONValue, _ folder: String, _ evidence: GoldenEvidence) -> GoldenPair.Side? {
    guard let member = value["actual"] else { return nil }
    if member == .null { return .some(.none) }
    guard member.string != nil else { return nil }
    return listed(member, folder, evidence).map(evidence.side) ?? .unknown
  }

  private func listed(_ value: JSONValue?, _ folder: String, _ evidence: GoldenEvidence) -> RunFile? {
    guard let path = value?.string.flatMap(PathText.normal) else { return nil }
    return evidence.runFile(at: PathText.join(folder, path))
  }

  private static func hash(_ value: JSONValue?) -> ContentHash? { value?.string.flatMap { ContentHash(hex: $0) } }

  private static func tolerance(_ value: JSONValue) -> Tolerance? {
    func bound(_ key: String) -> Double? { value[key]?.double.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } }
    let (relative, absolute) = (bound("rtol"), bound("atol"))
    return relative == nil && absolute == nil ? nil : Tolerance(relative: relative ?? 0, absolute: absolute ?? 0)
  }
}
