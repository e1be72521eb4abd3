internal import DataSyntax
internal import Foundation
package import TriageModel

/// How a line is written: one object, whose last member is the SHA-256 of the object without that member.
extension ApprovalLine {
  private static let version = 1
  private static let hashKey = ",\"hash\":\""

  /// The hash of the line without its hash.
  package var hash: ContentHash { ContentHash(of: body.utf8) }

  /// The line, without its end.
  package var json: String { body.dropLast() + Self.hashKey + hash.hex + "\"}" }

  private var body: String {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("version", Self.version)
    writer.member("id", id)
    writer.member("time", time.description)
    writer.member("decision", decision.rawValue)
    writer.member("path", location.path)
    let members: [(String, String?)] = [
      ("entry", location.entry), ("convention", convention), ("old", old?.hex), ("new", new?.hex), ("run", run),
      ("commit", commit), ("who", who), ("reason", reason), ("ticket", ticket), ("drift", drift),
      ("recovery", recovery), ("undoes", undoes?.hex),
    ]
    for (key, value) in members {
      if let value { writer.member(key, value) }
    }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Reads a line, whether or not its hash fits; nil for what is no decision.
  package init?(json line: String) {
    guard let value = try? JSONValue(parsing: Array(line.utf8)), value["version"]?.int == Self.version,
      let decision = value["decision"]?.string.flatMap(Decision.init(rawValue:)),
      let path = value["path"]?.string, !path.isEmpty,
      let time = value["time"]?.string.flatMap({ Timestamp(iso8601: $0) })
    else { return nil }
    func text(_ key: String) -> String? { value[key]?.string }
    func hash(_ key: String) -> ContentHash? { text(key).flatMap(ContentHash.init(hex:)) }
    self.init(
      decision, GoldenLocation(path: path, entry: text("entry")), convention: text("convention") ?? "",
      old: hash("old"), new: hash("new"), time: time, who: text("who") ?? "", reason: text("reason") ?? "",
      run: text("run") ?? "")
    id = text("id") ?? ""
    ticket = text("ticket")
    commit = text("commit")
    drift = text("drift")
    recovery = text("recovery")
    undoes = hash("undoes")
  }

  /// Whether the hash at the end of a line is that of the rest.
  package static func isGenuine(_ line: String) -> Bool {
    guard let key = line.range(of: hashKey, options: .backwards) else { return false }
    let tail = line[key.upperBound...]
    guard tail.hasSuffix("\"}"), let hash = ContentHash(hex: String(tail.dropLast(2))) else { return false }
    return ContentHash(of: (line[..<key.lowerBound] + "}").utf8) == hash
  }

  /// The line that takes this one back.
  func takenBack(who: String, time: Timestamp) -> ApprovalLine {
    var line = again(who: who, time: time)
    line.decision = .undo
    line.undoes = hash
    (line.old, line.new) = decision == .approve ? (new, old) : (old, new)
    return line
  }

  /// The same decision, made anew.
  func again(who: String, time: Timestamp) -> ApprovalLine {
    var line = self
    line.id = Self.freshID
    line.who = who
    line.time = time
    return line
  }
}
