internal import Goldens
internal import SafeText
internal import TriageModel

/// Judges where one golden change stands, from its three sides: the golden at the run, the actual, the golden now.
struct GoldenStateJudge {
  let pair: GoldenPair
  /// The same golden in other runs of the commit with the same labels.
  let others: [GoldenPair]
  let table: TestTable
  let reader: GoldenReader
  /// What is set aside when sides are compared.
  var ignore: [IgnoreRule] = []

  /// The change; nil when there is none: both sides and the golden are the same bytes.
  func change() -> GoldenChange? {
    var change = GoldenChange(
      location: pair.location, convention: pair.convention, test: pair.test, recovery: pair.recovery, state: .pending)
    change.testIndex = pair.testIndex
    change.warnings = pair.remarks
    if case .file(_, let shown) = pair.actual { change.actualPath = shown }
    let sides = sides(&change)
    change.expectedHash = sides.expected.map { ContentHash(of: $0) }
    change.actualHash = sides.actual.map { ContentHash(of: $0) }
    change.currentHash = sides.current.map { ContentHash(of: $0) }
    // What is bound by its hash alone is stale when the golden has another one.
    if !sides.isExpectedKnown, let claim = pair.claimedHashes.expected { change.expectedHash = claim }
    // Outside of a repository there is nothing that could have changed since.
    if reader.root == nil { change.currentHash = change.expectedHash }
    if isUnchanged(change, sides) { return nil }
    change.state = state(of: change, sides)
    return change
  }

  private typealias Sides = (expected: [UInt8]?, actual: [UInt8]?, current: [UInt8]?, isExpectedKnown: Bool)

  /// Reads what can be read; what cannot makes the recovery worse and is said.
  private func sides(_ change: inout GoldenChange) -> Sides {
    var sides: Sides = (nil, nil, nil, true)
    do throws(GoldenReadError) {
      sides.current = try reader.current(of: pair)
    } catch {
      change.warnings.append("the golden could not be read: \(error)")
    }
    do throws(GoldenReadError) {
      sides.expected = try reader.expected(of: pair)
    } catch {
      sides.isExpectedKnown = false
      sides.expected = sides.current
      change.warnings.append(
        pair.claimedHashes.expected == nil
          ? "what the run compared with is not known; it is compared with the golden as it is now"
          : "the bytes that the run compared with are not at hand: \(error)")
    }
    do throws(GoldenReadError) {
      sides.actual = try reader.actual(of: pair)
    } catch {
      if pair.actual != .unknown { change.warnings.append("the actual could not be read: \(error)") }
      change.recovery = max(change.recovery, pair.actual == .unknown ? .statistics : .nothing)
    }
    return sides
  }

  private func isUnchanged(_ change: GoldenChange, _ sides: Sides) -> Bool {
    if pair.actual == .unknown || (sides.actual == nil && pair.actual != .none) { return false }
    return change.expectedHash == change.actualHash && change.currentHash == change.expectedHash
  }

  private func state(of change: GoldenChange, _ sides: Sides) -> GoldenState {
    let hasActual = sides.actual != nil || pair.actual == .none
    if hasActual, change.currentHash == change.actualHash { return .approved }
    if change.currentHash != change.expectedHash { return .stale }
    if change.expectedHash == change.actualHash, hasActual { return .approved }
    if disagrees(change, sides) { return .nonDeterministic }
    if let test = pair.testIndex, [.passed, .passedOnRetry].contains(table.outcome(of: test)), sides.expected != nil,
      pair.actual != .none
    {
      return .withinTolerance
    }
    if pair.actual == .none { return .deleted }
    // ApprovalTests makes an empty golden of a missing one: nobody has accepted that.
    return change.expectedHash == nil || sides.expected?.isEmpty == true ? .new : .pending
  }

  /// Whether an attempt or a run of the same commit produced something else: other values, not only other bytes.
  private func disagrees(_ change: GoldenChange, _ sides: Sides) -> Bool {
    guard let actual = sides.actual, let hash = change.actualHash else { return false }
    if pair.otherActuals.contains(where: { $0 != hash }) { return true }
    for other in others where other.actual != .none {
      guard let bytes = (try? reader.actual(of: other)) ?? nil, bytes != actual else { continue }
      var options = ComparisonOptions()
      options.ignore = ignore
      let comparison = GoldenKinds.compare(
        actual, bytes, name: pair.location.fileName, kind: pair.kind, options: options)
      if comparison.differs || comparison.drift.kind == .unknown { return true }
    }
    return false
  }
}
