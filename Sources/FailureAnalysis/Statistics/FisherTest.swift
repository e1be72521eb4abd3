/// Fisher's exact test: whether two pass rates differ by more than chance.
package enum FisherTest {
  /// The two-sided probability of a table at least as unlikely as the one seen, given its margins; 1 where a side is empty.
  ///
  /// - Parameters:
  ///   - first: Failures and all of the one range.
  ///   - second: Failures and all of the other.
  package static func twoSided(
    _ first: (failures: Int, total: Int), _ second: (failures: Int, total: Int)
  ) -> Double {
    guard first.total > 0, second.total > 0, (0...first.total).contains(first.failures),
      (0...second.total).contains(second.failures)
    else { return 1 }
    let failures = first.failures + second.failures
    let whole = LogGamma.logChoose(first.total + second.total, failures)
    func logChance(_ count: Int) -> Double {
      LogGamma.logChoose(first.total, count) + LogGamma.logChoose(second.total, failures - count) - whole
    }
    let seen = logChance(first.failures)
    var sum = 0.0
    for count in max(0, failures - second.total)...min(first.total, failures) {
      let chance = logChance(count)
      // What is as likely as the table seen counts, whatever the last digits say.
      if chance <= seen + 1e-7 { sum += LogGamma.exponential(chance) }
    }
    return min(1, sum)
  }
}
