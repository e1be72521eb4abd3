/// A place that looks like a secret or like personal data. It never holds the secret itself.
package struct SecretFinding: Sendable, Hashable {
  /// What it looks like.
  package enum Kind: String, Sendable, CaseIterable {
    case awsKey = "an AWS key"
    case githubToken = "a GitHub token"
    case slackToken = "a Slack token"
    case googleKey = "a Google key"
    case serviceKey = "a service's key"
    case privateKey = "a private key"
    case jwt = "a signed token (JWT)"
    case password = "a password or key"
    case email = "an e-mail address"
    case card = "a card number"

    /// Whether who has it can do something with it: other than an address, which only tells of a person.
    package var givesAccess: Bool { self != .email }
  }

  /// What it looks like.
  package let kind: Kind
  /// The line of the text, from 1.
  package let line: Int

  /// A place that looks like a secret.
  package init(_ kind: Kind, line: Int) {
    self.kind = kind
    self.line = line
  }

  /// Findings in one clause: `line 3 looks like an AWS key, and 2 more`.
  package static func words(_ findings: [SecretFinding]) -> String {
    guard let first = findings.first else { return "nothing was found" }
    let more = findings.count > 1 ? ", and \(findings.count - 1) more" : ""
    return "an added line looks like \(first.kind.rawValue) (line \(first.line)\(more))"
  }
}
