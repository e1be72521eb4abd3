internal import SafeText
package import TriageModel

/// Mutes that failures are looked up in.
package struct MuteList: Sendable {
  /// The mutes, in the order of their file.
  package let mutes: [Mute]
  /// The day that they are judged on.
  package let today: Day
  private var exact: [String: [Int]] = [:]
  private var globs: [(pattern: TestPattern, index: Int)] = []
  private let carried: [SignatureKey: SignatureKey]

  /// Mutes as of a day.
  ///
  /// - Parameter carried: Today's keys of failures, by those of an older masking.
  package init(_ mutes: [Mute], on today: Day, carried: [SignatureKey: SignatureKey] = [:]) {
    self.mutes = mutes
    self.today = today
    self.carried = carried
    for (index, mute) in mutes.enumerated() {
      switch mute.scope {
      case .test(let name): exact[name, default: []].append(index)
      case .glob(let pattern): globs.append((TestPattern(pattern), index))
      }
    }
  }

  /// The mutes whose test or pattern fits a test, whatever else they ask for.
  package func about(_ test: String) -> [Mute] {
    if mutes.isEmpty { return [] }
    let name = StableName.of(test)
    let indices = exact[name, default: []] + globs.filter { $0.pattern.matches(name) }.map(\.index)
    return indices.sorted().map { mutes[$0] }
  }

  /// What the mutes say of a failure; nil when none is about its test.
  ///
  /// - Parameters:
  ///   - signature: What the failure said; nil when that is not known, so that no mute of one failure holds.
  ///   - labels: What the run is, with its leg's labels and its branch.
  package func state(test: String, signature: SignatureKey?, labels: [String: String]) -> MuteState? {
    let about = about(test)
    var nearest: MuteState?
    for mute in about {
      guard let why = refusal(of: mute, signature, labels) else { return .muted(mute) }
      nearest = nearest ?? .notCovered(mute, why: why)
    }
    return nearest
  }

  private func refusal(of mute: Mute, _ signature: SignatureKey?, _ labels: [String: String]) -> String? {
    if mute.isExpired(on: today) { return "it expired on \(mute.expires)" }
    if let muted = mute.signature, muted != signature, carried[muted] == nil || carried[muted] != signature {
      return "it is for another failure (\(muted.text))"
    }
    if let other = mute.labels.sorted(by: { $0.key < $1.key }).first(where: { labels[$0.key] != $0.value }) {
      return "it is for \(other.key)=\(other.value) only"
    }
    return nil
  }
}
