internal import SystemKit
internal import TriageModel

/// A file on the web that is no CI service's: an archive, a report, a log.
enum WebArchive: CIProvider {
  static let id = "web"
  static let title = "a file on the web"
  static let links = ["https://HOST/PATH/artifacts.zip"]
  static let tokens: [String] = []
  static let headers = ["Accept": "*/*"]

  private static let endings = [
    ".zip", ".tar", ".gz", ".tgz", ".xz", ".bz2", ".zst", ".xml", ".json", ".jsonl", ".ndjson", ".log", ".txt", ".trx",
    ".tap", ".out",
  ]

  static func target(_ link: CILink, _ world: CIWorld) -> CITarget? {
    guard case .web(let address) = link, let name = address.parts.last?.lowercased(),
      endings.contains(where: { name.hasSuffix($0) })
    else { return nil }
    return CITarget(service: id, api: address, project: address.origin.host, subject: .project)
  }

  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential? { nil }

  static func runs(
    _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    let name = target.api.parts.last ?? "file"
    var run = CIRun(identity: RunIdentity(source: "web:" + target.api.origin.host, id: target.api.text), title: name)
    run.handle["file"] = name
    return [run]
  }

  static func contents(
    of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIContents { CIContents() }
}
