internal import Foundation
internal import SystemKit
package import TriageModel

/// How a condition is brought about on this machine.
struct ConditionMeans: Sendable, Equatable {
  /// Variables that are set.
  var environment: [String: String] = [:]
  /// What the command is started by.
  var wrapper: [String] = []
  /// Whether threads of this program keep the processors busy meanwhile.
  var isBusy = false

  /// Whether other runs beside it would be part of the condition, or the condition part of them.
  var isExclusive: Bool { isBusy || wrapper.first == "taskset" }
}

/// Why a kind of condition cannot be had here.
package struct MissingCondition: Sendable, Equatable {
  /// The kind.
  package let kind: RerunCondition.Kind
  /// Why, a clause.
  package let why: String

  /// A kind that cannot be had.
  package init(_ kind: RerunCondition.Kind, _ why: String) {
    self.kind = kind
    self.why = why
  }
}

/// Finds out which conditions can be had here, and how.
struct ConditionFinder {
  /// Seconds that trying a program may take.
  private static let trialTime = 10.0
  private static let zones = ["/usr/share/zoneinfo/", "/var/db/timezone/zoneinfo/"]

  private let environment: [String: String]
  private let keepsOrder: Bool
  private let hashSeedVariable: String?

  /// A finder for tests of a framework.
  init(_ environment: [String: String], keepsOrder: Bool, hashSeedVariable: String?) {
    self.environment = environment
    self.keepsOrder = keepsOrder
    self.hashSeedVariable = hashSeedVariable
  }

  /// The means of those that can be had, and why the others cannot, a kind each.
  func means(
    of conditions: [RerunCondition]
  ) -> (known: [RerunCondition: ConditionMeans], missing: [MissingCondition]) {
    var known: [RerunCondition: ConditionMeans] = [:]
    var missing: [MissingCondition] = []
    var tried: [RerunCondition.Kind: Result<ConditionMeans, Missing>] = [:]
    for condition in conditions {
      let kind = condition.kind
      let general = tried[kind] ?? self.general(kind)
      tried[kind] = general
      switch general.flatMap({ special(condition, $0) }) {
      case .success(let means): known[condition] = means
      case .failure(let reason):
        if !missing.contains(where: { $0.kind == kind }) { missing.append(MissingCondition(kind, reason.why)) }
      }
    }
    return (known, missing.filter { reason in !known.keys.contains { $0.kind == reason.kind } })
  }

  private struct Missing: Error { var why: String }

  /// What all conditions of a kind need.
  private func general(_ kind: RerunCondition.Kind) -> Result<ConditionMeans, Missing> {
    switch kind {
    case .alone, .timeZone: return .success(ConditionMeans())
    case .asInRun, .after, .order:
      return keepsOrder
        ? .success(ConditionMeans()) : .failure(Missing(why: "its framework runs tests in an order of its own"))
    case .hashSeed:
      return hashSeedVariable == nil
        ? .failure(Missing(why: "its language has no seed of a hash function that can be set"))
        : .success(ConditionMeans())
    case .clock: return wrapped([["faketime", "-f", "@2028-02-29 12:00:00"]], "libfaketime is not installed")
    case .oneProcessor:
      return wrapped([["taskset", "-c", "0"]], "taskset is not here, or it may not choose processors")
    case .busyProcessors: return .success(ConditionMeans(isBusy: true))
    case .noNetwork: return wrapped(Self.networkless, "unshare is not here, or it may not take the network away")
    }
  }

  /// What this one needs beside.
  private func special(_ condition: RerunCondition, _ means: ConditionMeans) -> Result<ConditionMeans, Missing> {
    var means = means
    switch condition {
    case .hashSeed(let seed): if let hashSeedVariable { means.environment[hashSeedVariable] = String(seed) }
    case .timeZone(let name):
      // A zone that the system does not know would be taken for UTC.
      guard Self.zones.contains(where: { access($0 + name, R_OK) == 0 }) else {
        return .failure(Missing(why: "the time zones of the tz database are not installed"))
      }
      means.environment["TZ"] = name
    case .clock(let time):
      means.wrapper = ["faketime", "-f", "@" + time]
      // Waiting goes by the true clock, or time limits would end what has only begun.
      means.environment["DONT_FAKE_MONOTONIC"] = "1"
    case .asInRun, .alone, .after, .order, .oneProcessor, .busyProcessors, .noNetwork: break
    }
    return .success(means)
  }

  /// Ways to take the network away, the one that changes least first: with its own loopback where one can be had, since a
  /// test that talks to itself needs no network; and as the person that it runs as, where the system can keep that.
  private static let networkless: [[String]] = {
    let loopback = ["sh", "-c", #"ip link set lo up && exec "$@""#, "sh"]
    let spaces =
      (geteuid() == 0 ? [["unshare", "--net"]] : []) + [
        ["unshare", "--user", "--map-current-user", "--keep-caps", "--net"], ["unshare", "--map-root-user", "--net"],
      ]
    return spaces.map { $0 + loopback } + spaces
  }()

  /// The first of some ways to start a program that works.
  private func wrapped(_ wrappers: [[String]], _ why: String) -> Result<ConditionMeans, Missing> {
    for wrapper in wrappers {
      let request = ProcessRequest(wrapper + ["true"], environment: environment, timeLimit: Self.trialTime)
      if let result = try? ProcessRunner.run(request), result.end == .exited(0) {
        return .success(ConditionMeans(wrapper: wrapper))
      }
    }
    return .failure(Missing(why: why))
  }
}
