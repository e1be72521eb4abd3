internal import Synchronization
internal import TriageModel

/// Where a test's behaviour changed: LUCI's Bayesian change point detection (`changepoints/bayesian`).
///
/// Two streams are judged together: whether a run has any failing attempt, prior Beta(0.3, 0.5); and, of runs that had
/// one, whether the run still failed after its retries, prior Beta(0.5, 0.5). A split is believed when it explains both
/// so much better that its prior of 0.0001 is overcome; each side is then looked at again.
struct ChangePoints {
  /// A change: behaviour is another from `position` on; with the given confidence the change lies in `range`.
  struct Change: Equatable {
    var position: Int
    var range: ClosedRange<Int>
  }

  private let thresholds: Thresholds
  /// Sums over the first n observations.
  private var failures: [Int] = [0]
  private var retried: [Int] = [0]
  private var failedRetries: [Int] = [0]
  private let table: BetaTable

  init(_ observations: [Observation], thresholds: Thresholds) {
    self.thresholds = thresholds
    table = BetaTable.holding(observations.count)
    for observation in observations {
      failures.append(failures[failures.count - 1] + (observation.hasFailure ? 1 : 0))
      let wasRetried = observation.hasFailure && observation.attempts > 1
      retried.append(retried[retried.count - 1] + (wasRetried ? 1 : 0))
      failedRetries.append(failedRetries[failedRetries.count - 1] + (wasRetried && observation.failed ? 1 : 0))
    }
  }

  /// All changes, in order.
  func all() -> [Change] {
    guard failures[failures.count - 1] > 0 else { return [] }
    var changes: [Change] = []
    find(0..<failures.count - 1, &changes)
    return changes.sorted { $0.position < $1.position }
  }

  private func find(_ range: Range<Int>, _ changes: inout [Change]) {
    var pending = [range]
    while let range = pending.popLast() {
      guard range.count >= 2, let change = best(range) else { continue }
      changes.append(change)
      pending.append(range.lowerBound..<change.position)
      pending.append(change.position..<range.upperBound)
    }
  }

  /// The best split of a range; nil when none is believed.
  private func best(_ range: Range<Int>) -> Change? {
    let whole = likelihood(range)
    var best = (position: 0, gain: -Double.infinity)
    var gains: [Double] = []
    gains.reserveCapacity(range.count)
    for position in range.lowerBound + 1..<range.upperBound {
      let gain = likelihood(range.lowerBound..<position) + likelihood(position..<range.upperBound) - whole
      gains.append(gain)
      if gain > best.gain { best = (position, gain) }
    }
    guard best.gain + LogGamma.logarithm(thresholds.changePointPrior) > 0 else { return nil }
    return Change(position: best.position, range: interval(gains, best.gain, from: range.lowerBound + 1))
  }

  /// The positions left when the tails beyond the confidence are cut.
  private func interval(_ gains: [Double], _ best: Double, from first: Int) -> ClosedRange<Int> {
    let weights = gains.map { LogGamma.exponential($0 - best) }
    let tail = weights.reduce(0, +) * (1 - thresholds.changePointConfidence) / 2
    var low = 0
    var sum = weights[0]
    while sum < tail, low + 1 < weights.count {
      low += 1
      sum += weights[low]
    }
    var high = weights.count - 1
    sum = weights[high]
    while sum < tail, high > low {
      high -= 1
      sum += weights[high]
    }
    return first + low...first + high
  }

  private func likelihood(_ range: Range<Int>) -> Double {
    let failed = failures[range.upperBound] - failures[range.lowerBound]
    let retries = retried[range.upperBound] - retried[range.lowerBound]
    let lost = failedRetries[range.upperBound] - failedRetries[range.lowerBound]
    return table.runs(failed, of: range.count) + table.retries(lost, of: retries)
  }
}

/// Beta-binomial log-likelihoods from tables of ln Γ, since each split asks for them.
struct BetaTable {
  /// The largest table that was asked for: ten thousand tests of a thousand runs each look up the same values.
  private static let largest = Mutex(BetaTable(255))

  /// A table for so many observations, or more.
  static func holding(_ count: Int) -> BetaTable {
    largest.withLock { table in
      if count >= table.atOne.count { table = BetaTable(max(count, 2 * table.atOne.count)) }
      return table
    }
  }

  private let atThreeTenths: [Double]
  private let atHalf: [Double]
  private let atEightTenths: [Double]
  private let atOne: [Double]

  private init(_ count: Int) {
    func table(_ shift: Double) -> [Double] { (0...count).map { LogGamma.value(Double($0) + shift) } }
    atThreeTenths = table(0.3)
    atHalf = table(0.5)
    atEightTenths = table(0.8)
    atOne = table(1)
  }

  /// ln B(0.3 + k, 0.5 + n − k) − ln B(0.3, 0.5)
  func runs(_ failed: Int, of total: Int) -> Double {
    atThreeTenths[failed] + atHalf[total - failed] - atEightTenths[total]
      - (atThreeTenths[0] + atHalf[0] - atEightTenths[0])
  }

  /// ln B(0.5 + k, 0.5 + n − k) − ln B(0.5, 0.5)
  func retries(_ failed: Int, of total: Int) -> Double {
    atHalf[failed] + atHalf[total - failed] - atOne[total] - (2 * atHalf[0] - atOne[0])
  }
}
