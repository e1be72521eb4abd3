internal import DataSyntax
internal import RunArtifacts
internal import SystemKit
internal import TriageModel

/// The results that Allure's adapters leave, a file a result: which tests they say failed in the end.
struct AllureResults {
  /// How a test ended as its last result says, by what Allure knows it by.
  private var last: [String: (names: [String], start: Double, failed: Bool)] = [:]
  /// Results that cannot be read: what they say is not known.
  private var unread = 0

  private static let sizeLimit = 1 << 20

  init(_ files: [ArtifactFile]) {
    for file in files { take(file) }
  }

  private mutating func take(_ file: ArtifactFile) {
    guard let bytes = try? RegularFile.bytes(file.location, limit: Self.sizeLimit),
      let members = try? JSONValue(parsing: bytes).members
    else {
      unread += 1
      return
    }
    func text(_ key: String) -> String? { members.last { $0.key == key }?.value.string }
    let status = text("status") ?? "unknown"
    let full = text("fullName")
    let names = [text("name"), full, full.flatMap { $0.split { "#.".contains($0) }.last.map(String.init) }].compactMap(
      \.self)
    let start = members.last { $0.key == "start" }?.value.double ?? 0
    let key = text("historyId") ?? text("uuid") ?? file.path
    if let known = last[key], known.start > start { return }
    last[key] = (names, start, status != "passed" && status != "skipped")
  }

  /// How many failed that are not among the failing tests of a table; all that failed where there is none.
  func failures(notIn table: TestTable?) -> Int {
    let failed = last.values.filter(\.failed)
    guard let table else { return failed.count + unread }
    if failed.isEmpty { return unread }
    let known = Set(table.tests(where: \.isFailing).map { Self.bare(table.name(of: $0)) })
    return unread + failed.count { failure in !failure.names.contains { known.contains(Self.bare($0)) } }
  }

  /// A name without its parameters, which each tool writes in its own way.
  private static func bare(_ name: String) -> Substring { name.prefix { $0 != "[" && $0 != "(" } }
}
