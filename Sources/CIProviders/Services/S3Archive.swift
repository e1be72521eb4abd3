internal import SystemKit
internal import TriageModel

/// A file in a bucket of S3, or of a store that answers as S3 does. (Amazon S3 API Reference, GetObject)
enum S3Archive: CIProvider {
  static let id = "s3"
  static let title = "S3"
  static let links = ["s3://BUCKET/PATH/artifacts.zip"]
  static let tokens = ["AWS_ACCESS_KEY_ID"]
  static let headers = ["Accept": "*/*"]

  private static let usualRegion = "us-east-1"

  static func target(_ link: CILink, _ world: CIWorld) -> CITarget? {
    guard case .short(id, let path) = link else { return nil }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let bucket = parts.first, isBucket(bucket), parts.count > 1, parts.dropFirst().allSatisfy({ !$0.isEmpty }),
      !parts.contains("."), !parts.contains(".."), let top = top(of: bucket, world)
    else { return nil }
    return CITarget(
      service: id, api: top.adding(Array(parts.dropFirst())), project: bucket,
      subject: .run(parts.dropFirst().joined(separator: "/"), attempt: nil))
  }

  private static func isBucket(_ name: String) -> Bool {
    (3...63).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E
      }
  }

  /// Where a bucket's objects lie: a name with a dot has no certificate below the service's own name.
  private static func top(of bucket: String, _ world: CIWorld) -> WebAddress? {
    if let endpoint = world.server("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") { return endpoint.adding([bucket]) }
    let service = "s3.\(world.aws.region ?? usualRegion).amazonaws.com"
    return bucket.contains(".")
      ? WebAddress("https://\(service)")?.adding([bucket]) : WebAddress("https://\(bucket).\(service)")
  }

  /// A signature, where there is a key; whoever has none reads what is public.
  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential? {
    let login = world.aws
    guard let key = login.key, let secret = login.secret else { return nil }
    return .signed(
      key: key, secret: secret, session: login.session, service: (login.region ?? usualRegion) + ":s3",
      for: [target.api.origin])
  }

  static func runs(
    _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    guard case .run(let key, _) = target.subject else { return [] }
    let name = target.api.parts.last ?? "file"
    var run = CIRun(identity: RunIdentity(source: "s3:" + target.project, id: key), title: name)
    run.handle["file"] = name
    return [run]
  }

  static func contents(
    of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIContents { CIContents() }
}
