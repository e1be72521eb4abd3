internal import TriageModel

/// The suite ids of class names met so far, the last one quickest, and the joined names of the open suites.
struct JUnitSuiteNames {
  /// Names of suites that say nothing: the tools' own words for "none" or for themselves.
  private static let empty: Set<String> = ["", "(empty)", "undefined", "pytest", "Root Suite"]
  /// Where joined names are cut, in bytes.
  private static let longestName = 4096

  private var lastClassname: [UInt8] = []
  private var lastID: SuiteID?
  private var byClassname: [[UInt8]: SuiteID] = [:]
  /// The id of the joined names of the suites now open.
  var joinedID: SuiteID?

  /// The id of a class name met before.
  mutating func known(_ classname: UnsafeRawBufferPointer) -> SuiteID? {
    if let lastID, lastClassname.withUnsafeBytes({ XMLBytes.equal($0, classname) }) { return lastID }
    let bytes = Array(classname)
    guard let id = byClassname[bytes] else { return nil }
    (lastClassname, lastID) = (bytes, id)
    return id
  }

  /// Keeps the id of a class name.
  mutating func remember(_ classname: UnsafeRawBufferPointer, _ id: SuiteID) {
    lastClassname = Array(classname)
    lastID = id
    byClassname[lastClassname] = id
  }

  /// The open suites have changed.
  mutating func forgetJoined() {
    joinedID = nil
  }

  /// The names of nested suites, outermost first, as one: `Feature > describe`.
  func joined(_ suites: [JUnitSuite]) -> [UInt8] {
    var result: [UInt8] = []
    for suite in suites where !suite.isRoot && !Self.empty.contains(String(decoding: suite.name, as: UTF8.self)) {
      if result.count > Self.longestName { break }
      if !result.isEmpty { result += Array(" > ".utf8) }
      result += suite.name
    }
    return result
  }
}
