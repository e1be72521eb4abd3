internal import DataSyntax
internal import SystemKit

/// What the steps of a job printed, which version 2 of the interface does not tell. (circleci.com/docs/api/v1)
extension CircleCI {
  private static let right = "a personal token of somebody who may see the project"
  private static let failures: Set<String> = ["failed", "timedout", "infrastructure_fail", "canceled"]

  /// Where the steps of a job are told, by its number.
  static func details(ofJob number: String, _ target: CITarget) -> WebAddress {
    let project = target.project.split(separator: "/").map(String.init)
    return WebAddress(target.api.origin).adding(target.api.parts.dropLast() + ["v1.1", "project"] + project + [number])
  }

  static func logParts(
    of job: CIJob, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CILogPart]? {
    guard let address = job.log else { return nil }
    let value = try session.json(address, "job \(job.name)", right: right)
    return parts(ofJob: value, isWhole: job.isMeant)
  }

  /// The outputs of the steps that failed; all of them where none did, or all are wanted.
  static func parts(ofJob value: JSONValue, isWhole: Bool) -> [CILogPart] {
    let steps = (value["steps"]?.array ?? []).flatMap { step in
      (step["actions"]?.array ?? []).compactMap { part($0, of: step["name"]?.string) }
    }
    let failed = steps.filter(\.isFailed)
    return (isWhole || failed.isEmpty ? steps : failed).map(\.part)
  }

  private static func part(_ action: JSONValue, of step: String?) -> (part: CILogPart, isFailed: Bool)? {
    guard let address = action["output_url"]?.string.flatMap({ WebAddress($0) }) else { return nil }
    let status = action["status"]?.string ?? ""
    let code = action["exit_code"]?.int
    let isFailed = action["failed"]?.bool == true || failures.contains(status) || code.map { $0 != 0 } ?? false
    let container = action["parallel"]?.bool == true ? action["index"]?.int.map { ", container \($0)" } : nil
    let end = [status.isEmpty ? nil : status, code.map { "exit code \($0)" }].compactMap { $0 }.joined(separator: ", ")
    let name = action["name"]?.string ?? step ?? "step"
    var part = CILogPart(title: name + (container ?? "") + (end.isEmpty ? "" : " (\(end))"), address: address)
    part.isCut = action["truncated"]?.bool == true
    return (part, isFailed)
  }

  /// The messages of a list of them; a text of another kind as it is.
  static func logText(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.first == UInt8(ascii: "["), let messages = (try? JSONValue(parsing: bytes))?.array else { return bytes }
    return messages.flatMap { Array(($0["message"]?.string ?? "").utf8) }
  }
}
