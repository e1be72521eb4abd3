internal import SafeText
internal import DataSyntax
internal import TriageModel

/// pytest-mpl: a folder a figure with `result.png`, `baseline.png` and their difference, and `results.json` over them.
struct PytestMPL: GoldenConvention {
  let id = "pytest-mpl"
  let title = "pytest-mpl"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] { ResultFigures(evidence, convention: id).pairs() }
}

/// The figures of a run.
private struct ResultFigures {
  /// A figure, as `results.json` tells of it or as its folder shows.
  private struct Figure {
    /// The module, the class and the test, joined with dots; as a path writes them when only the folder tells.
    var key: String
    var isFolderName: Bool
    var result: RunFile
    var baseline: RunFile?
    var isMissing = false
    var remarks: [String] = []
  }

  private let evidence: GoldenEvidence
  private let convention: String
  private let layout: PytestLayout

  init(_ evidence: GoldenEvidence, convention: String) {
    self.evidence = evidence
    self.convention = convention
    layout = PytestLayout(evidence)
  }

  func pairs() -> [GoldenPair] {
    var figures: [String: Figure] = [:]
    for summary in evidence.runFiles(where: Self.isSummary) {
      for figure in read(summary) { figures[figure.result.path] = figure }
    }
    for file in evidence.runFiles(where: { $0.hasPrefix("result.") && !$0.hasSuffix(".json") })
    where figures[file.path] == nil {
      figures[file.path] = bare(file)
    }
    let sorted = figures.values.sorted { $0.result.path < $1.result.path }
    let names = PytestNames(Set(sorted.flatMap { Self.testNames($0.key) }), in: evidence.run.table)
    return sorted.compactMap { pair($0, names) }
  }

  private static func isSummary(_ name: String) -> Bool {
    name == "results.json" || (name.hasPrefix("results-xdist-") && name.hasSuffix(".json"))
  }

  private func read(_ file: RunFile) -> [Figure] {
    guard let bytes = evidence.bytes(file), let members = (try? JSONValue(parsing: bytes))?.members else { return [] }
    let folder = PathText.folder(file.path)
    return members.compactMap { member in
      guard member.value["image_status"] != nil || member.value["hash_status"] != nil,
        let result = listed(member.value["result_image"], folder)
      else { return nil }
      var figure = Figure(key: member.key, isFolderName: false, result: result)
      figure.baseline = listed(member.value["baseline_image"], folder)
      figure.isMissing = member.value["image_status"]?.string == "missing"
      figure.remarks = Self.remarks(member.value)
      return figure
    }
  }

  private func listed(_ value: JSONValue?, _ folder: String) -> RunFile? {
    guard let path = value?.string.flatMap(PathText.normal) else { return nil }
    return evidence.runFile(at: PathText.join(folder, path))
  }

  private static func remarks(_ value: JSONValue) -> [String] {
    guard case .number(let rms)? = value["rms"] else { return [] }
    guard case .number(let tolerance)? = value["tolerance"] else { return ["pytest-mpl measured RMS \(rms)."] }
    return ["pytest-mpl measured RMS \(rms), tolerance \(tolerance)."]
  }

  /// A figure that no summary tells of: its folder has the test's name.
  private func bare(_ file: RunFile) -> Figure? {
    let folder = PathText.folder(file.path)
    let ending = PathText.name(file.path).dropFirst("result.".count)
    let baseline = evidence.runFile(at: folder + "/baseline." + ending)
    guard !folder.isEmpty, baseline != nil, PathText.name(folder).contains(".") else { return nil }
    return Figure(key: PathText.name(folder), isFolderName: true, result: file, baseline: baseline)
  }

  /// What a test may be called whose figure has the key: all that follows one of its dots.
  private static func testNames(_ key: String) -> [String] {
    key.indices.filter { key[$0] == "." }.prefix(64).map { PytestNames.mangled(String(key[key.index(after: $0)...])) }
  }

  private func pair(_ figure: Figure, _ names: PytestNames) -> GoldenPair? {
    let test = test(of: figure, names)
    let location = test.flatMap(layout.location)
    guard let place = place(of: figure, location) else { return nil }
    var expected = figure.baseline.map(evidence.side) ?? .repository
    if figure.baseline == nil, figure.isMissing || !evidence.hasGolden(place) { expected = .none }
    var pair = GoldenPair(
      location: GoldenLocation(path: place), convention: convention,
      test: test.map { evidence.run.table.id(of: $0) } ?? "",
      testIndex: test, expected: expected, actual: evidence.side(figure.result), recovery: .exact)
    pair.remarks = figure.remarks
    if figure.baseline != nil, !evidence.hasGolden(place) {
      pair.recovery = .partial
      pair.remarks.append("No picture of the repository has the baseline's bytes: where it lies is a guess.")
    }
    return pair
  }

  /// The test whose module, class and name joined with dots end the key, or are ended by it.
  private func test(of figure: Figure, _ names: PytestNames) -> TestIndex? {
    let key = Self.pathified(figure.key)
    let fitting = Self.testNames(figure.key).flatMap { names[$0] }.filter { test in
      guard let location = layout.location(of: test) else { return false }
      let module = String(location.module.dropLast(3)).split(separator: "/").joined(separator: ".")
      let whole = "." + Self.pathified(([module] + location.classes + [location.name]).joined(separator: "."))
      return whole.hasSuffix("." + key)
    }
    return Set(fitting).count == 1 ? fitting[0] : nil
  }

  /// As pytest-mpl makes a path of a name.
  private static func pathified(_ name: String) -> String {
    var name = String(name.map { "[]/".contains($0) ? "_" : $0 })
    if name.hasSuffix("_") { name.removeLast() }
    return name
  }

  /// The baseline: by its usual name, else the picture near the test that has the copy's bytes.
  private func place(of figure: Figure, _ location: PytestLayout.Location?) -> String? {
    let ending = PathText.name(figure.result.path).split(separator: ".").last.map(String.init) ?? "png"
    let copy = figure.baseline.flatMap(evidence.bytes)
    guard let location else {
      return copy.flatMap { pictures(like: $0, in: "", ending) }
    }
    let usual = PathText.join(location.folder, "baseline/" + Self.pathified(location.name) + "." + ending)
    if evidence.hasGolden(usual) { return usual }
    if let copy, let found = pictures(like: copy, in: location.folder, ending) ?? pictures(like: copy, in: "", ending) {
      return found
    }
    let named = evidence.repository.byName[PathText.name(usual)] ?? []
    return named.count == 1 ? named[0] : usual
  }

  /// The one picture below a folder with the given bytes.
  private func pictures(like bytes: [UInt8], in folder: String, _ ending: String) -> String? {
    let near = evidence.repository.files.lazy.filter {
      $0.hasSuffix("." + ending) && (folder.isEmpty || $0.hasPrefix(folder + "/")) && PathText.normal($0) == $0
    }
    let same = near.prefix(2000).filter { evidence.readRepositoryFile($0, GoldenEvidence.sizeLimit) == bytes }
    return same.count == 1 ? same.first : nil
  }
}

/// matplotlib's own decorator: `result_images/<module>/x.png` beside `x-expected.png`, the golden in `baseline_images/`.
struct MatplotlibImages: GoldenConvention {
  let id = "matplotlib"
  let title = "matplotlib image_comparison"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    evidence.runFiles { $0.contains("-expected.") }.filter { $0.path.contains("result_images/") }.compactMap {
      expected in
      guard let result = expected.path.replacingLast("-expected.", with: ".").flatMap({ evidence.runFile(at: $0) }),
        let golden = evidence.golden(like: "baseline_images/" + Self.lastTwo(result.path)),
        golden.contains("baseline_images/")
      else { return nil }
      return GoldenPair(
        location: GoldenLocation(path: golden), convention: id, test: "", expected: evidence.side(expected),
        actual: evidence.side(result), recovery: .exact)
    }
  }

  private static func lastTwo(_ path: String) -> String { PathText.parts(path).suffix(2).joined(separator: "/") }
}
