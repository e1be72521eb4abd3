/// The keys that AWS's own tools keep: of the environment, else of a profile in `~/.aws`.
package struct AWSLogin: Sendable {
  /// What names the key.
  package var key: Secret?
  /// What signs.
  package var secret: Secret?
  /// The token of a session, where the key is one's for a while.
  package var session: Secret?
  /// The region; nil where nothing names one.
  package var region: String?

  private static let sizeLimit = 1 << 20

  /// Reads what the environment says, and where it names no key, the profile's files. (AWS SDKs and Tools Reference)
  package init(_ environment: [String: String]) {
    func value(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    let profile = value("AWS_PROFILE", "AWS_DEFAULT_PROFILE") ?? "default"
    let folder = (environment["HOME"] ?? "") + "/.aws/"
    let settings = Self.section(
      ["profile \(profile)", profile], of: value("AWS_CONFIG_FILE") ?? folder + "config")
    region = value("AWS_REGION", "AWS_DEFAULT_REGION") ?? settings["region"]
    if let key = value("AWS_ACCESS_KEY_ID"), let secret = value("AWS_SECRET_ACCESS_KEY") {
      (self.key, self.secret) = (Secret(key), Secret(secret))
      session = value("AWS_SESSION_TOKEN").flatMap { Secret($0) }
      return
    }
    let kept = Self.section([profile], of: value("AWS_SHARED_CREDENTIALS_FILE") ?? folder + "credentials")
    let fields = settings.merging(kept) { $1 }
    key = fields["aws_access_key_id"].flatMap { Secret($0) }
    secret = fields["aws_secret_access_key"].flatMap { Secret($0) }
    session = fields["aws_session_token"].flatMap { Secret($0) }
  }

  /// The fields of the first of some sections that a file has.
  private static func section(_ names: [String], of path: String) -> [String: String] {
    var sections: [String: [String: String]] = [:]
    var name = ""
    for line in (RegularFile.text(path, limit: sizeLimit) ?? "").split(whereSeparator: \.isNewline) {
      let text = trimmed(line)
      if text.hasPrefix("["), text.hasSuffix("]") {
        name = trimmed(text.dropFirst().dropLast())
      } else if let mark = text.firstIndex(of: "="), !text.hasPrefix("#") {
        sections[name, default: [:]][trimmed(text[..<mark])] = trimmed(text[text.index(after: mark)...])
      }
    }
    return names.lazy.compactMap { sections[$0] }.first ?? [:]
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(
      String(text.drop { $0 == " " || $0 == "\t" }.reversed()).drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed()
    )
  }
}
