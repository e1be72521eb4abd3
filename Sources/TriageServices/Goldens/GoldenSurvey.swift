internal import SafeText
package import Goldens
internal import TriageActions
package import TriageModel
internal import Workspace

/// One run's golden changes, with the way to their bytes.
package struct GoldenSurvey: Sendable {
  /// Sorted by place; drift and summary are there once `compare` was asked.
  package private(set) var changes: [GoldenChange] = []
  /// The run's commit, as its source writes it.
  package let commit: String?
  /// What people call the run.
  package let runName: String
  private let pairs: [GoldenLocation: GoldenPair]
  /// Where each place stands among the changes.
  private var indices: [GoldenLocation: Int] = [:]
  private let reader: GoldenReader
  private let ignores: [GoldenIgnore]

  /// Reads the sides of pairs and judges where each stands; pairs that are the same bytes everywhere are left out.
  ///
  /// - Parameter approvals: Decisions that were made before; what they refused is not asked again.
  init(
    pairs: [GoldenPair], others: [GoldenLocation: [GoldenPair]], run: Run, reader: GoldenReader,
    approvals: Approvals? = nil, ignores: [GoldenIgnore] = []
  ) {
    self.reader = reader
    self.ignores = ignores
    commit = run.info.commit
    runName = run.info.name
    self.pairs = Dictionary(pairs.map { ($0.location, $0) }) { first, _ in first }
    for pair in pairs {
      let judge = GoldenStateJudge(
        pair: pair, others: others[pair.location] ?? [], table: run.table, reader: reader,
        ignore: ignores.rules(for: pair.location.path))
      guard var change = judge.change() else { continue }
      if let approvals, change.state.canBeRejected,
        approvals.isRejected(place: change.location, actual: change.actualHash)
      {
        change.state = .rejected
      }
      indices[change.location] = changes.count
      changes.append(change)
    }
  }

  /// The change of a golden; nil when it has none.
  package func change(_ place: GoldenLocation) -> GoldenChange? {
    indices[place].map { changes[$0] }
  }

  /// How the sides of a golden were recovered.
  package func pair(_ place: GoldenLocation) -> GoldenPair? { pairs[place] }

  /// What the run produced, read now and checked against what the artifacts claim; nil when it produced nothing.
  package func actual(_ place: GoldenLocation) throws(GoldenReadError) -> [UInt8]? {
    guard let pair = pairs[place] else { throw .notRecovered }
    return try reader.actual(of: pair)
  }

  /// The golden as the run compared with it; nil when there was none.
  package func expected(_ place: GoldenLocation) throws(GoldenReadError) -> [UInt8]? {
    guard let pair = pairs[place] else { throw .notRecovered }
    return try reader.expected(of: pair)
  }

  /// The golden as it lies in the working tree; nil when there is none.
  package func current(_ place: GoldenLocation) throws(GoldenReadError) -> [UInt8]? {
    guard let pair = pairs[place] else { throw .notRecovered }
    return try reader.current(of: pair)
  }

  /// Compares two sides of a golden; the reason, as a clause, when one of them cannot be had.
  package func compare(
    _ place: GoldenLocation, from: GoldenSide = .expected, to: GoldenSide = .actual, asText: Bool = false
  ) -> Result<Comparison, GoldenReadError> {
    do throws(GoldenReadError) {
      let pair = pairs[place]
      let left = try bytes(from, place)
      let right = try bytes(to, place)
      var options = ComparisonOptions()
      if let tolerance = pair?.tolerance { options.tolerance = tolerance }
      options.ignore = ignores.rules(for: place.path)
      guard let left, let right else {
        return .success(OneSided.comparison(expected: left, actual: right, name: place.fileName))
      }
      return .success(
        GoldenKinds.compare(
          left, right, name: place.fileName, kind: asText ? "text" : pair?.kind, options: options))
    } catch {
      return .failure(error)
    }
  }

  /// Compares every change, telling how many are done; stops when `isWanted` says so.
  package mutating func compareAll(isWanted: (_ done: Int, _ survey: GoldenSurvey) -> Bool) {
    for index in changes.indices {
      switch compare(changes[index].location) {
      case .success(let comparison): changes[index].take(comparison)
      case .failure(let error):
        changes[index].isComparisonRefused = true
        changes[index].warnings.append("not compared: \(error)")
      }
      findSecrets(index)
      if !isWanted(index + 1, self) { return }
    }
  }

  /// Bytes of an actual that are looked through for secrets before somebody decides; deciding looks through all.
  private static let scanLimit = 64 << 20

  /// Looks for secrets in what an open change adds to the golden.
  private mutating func findSecrets(_ index: Int) {
    let change = changes[index]
    guard change.state.isOpen, let actual = (try? actual(change.location)) ?? nil else { return }
    guard actual.count <= Self.scanLimit else {
      changes[index].warnings.append("not looked through for secrets: larger than 64 MiB (limit); approving does")
      return
    }
    let findings = SecretScan.findings(in: actual, since: ((try? current(change.location)) ?? nil) ?? [])
    guard !findings.isEmpty else { return }
    changes[index].secrets = findings.map { "\($0.kind.rawValue) (line \($0.line))" }
    changes[index].warnings.insert(SecretFinding.words(findings), at: 0)
  }

  private func bytes(_ side: GoldenSide, _ place: GoldenLocation) throws(GoldenReadError) -> [UInt8]? {
    switch side {
    case .expected: try expected(place)
    case .actual: try actual(place)
    case .current: try current(place)
    }
  }
}

/// Which of the three is meant.
package enum GoldenSide: Sendable, Equatable {
  /// The golden as the run compared with it.
  case expected
  /// What the run produced.
  case actual
  /// The golden as it lies in the working tree.
  case current
}

extension GoldenChange {
  /// Takes what a comparison found.
  fileprivate mutating func take(_ comparison: Comparison) {
    kind = comparison.kind
    drift = comparison.drift
    summary = comparison.summary
    warnings += comparison.remarks
    if state == .pending, comparison.drift.kind == .setAside { state = .setAside }
  }
}

extension GoldenState {
  /// Whether a refusal says more than the state: what may not be approved anyway stays what it is.
  fileprivate var canBeRejected: Bool {
    switch self {
    case .pending, .new, .deleted: true
    case .withinTolerance, .setAside, .approved, .rejected, .stale, .nonDeterministic: false
    }
  }
}
