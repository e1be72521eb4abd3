/// A text that is written nowhere but in the request it is meant for.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  /// Keeps a text; nil for an empty one, and for one that could add lines to a request.
  package init?(_ text: some StringProtocol) {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    self.text = String(text)
  }

  /// The text itself, for the request.
  package var revealed: String { text }

  package var description: String { "[secret]" }
  /// The same: no dump shows it either.
  package var debugDescription: String { description }
  /// Nothing is inside for whoever looks.
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Header lines that say who asks, and the only ones that may see them.
package struct HTTPCredential: Sendable, Equatable {
  private let name: String
  private let scheme: String
  private let secret: Secret
  /// What may be hidden in an answer: the secret, and where it is encoded what it was before.
  private let traces: [Secret]
  private let origins: Set<WebAddress.Origin>
  private let families: [String]
  private var signing: HTTPSigning?

  /// A header line with a secret behind a word, as `Bearer`, for some origins and for all hosts below some names.
  package init(
    _ name: String, _ secret: Secret, scheme: String = "", for origins: [WebAddress.Origin], families: [String] = []
  ) {
    self.init(name, secret, scheme, traces: [secret], origins, families)
  }

  private init(
    _ name: String, _ secret: Secret, _ scheme: String, traces: [Secret], _ origins: [WebAddress.Origin],
    _ families: [String]
  ) {
    self.name = name
    self.scheme = scheme
    self.secret = secret
    self.traces = traces
    self.origins = Set(origins)
    self.families = families
  }

  /// A user and a password, as `Basic` has them; the user may be empty.
  package static func basic(
    user: String, _ password: Secret, for origins: [WebAddress.Origin], families: [String] = []
  ) -> HTTPCredential? {
    Secret(Base64Text.of(Array((user + ":" + password.revealed).utf8))).map { encoded in
      HTTPCredential("Authorization", encoded, "Basic ", traces: [encoded, password], origins, families)
    }
  }

  /// A signature on each request instead of a secret in it, as AWS has them (version 4); a session's token is a header line.
  ///
  /// - Parameter service: What is signed for, with its region: `us-east-1:s3`.
  package static func signed(
    key: Secret, secret: Secret, session: Secret?, service: String, for origins: [WebAddress.Origin]
  ) -> HTTPCredential {
    let token = session ?? secret
    var credential = HTTPCredential(
      session == nil ? "" : "X-Amz-Security-Token", token, "", traces: [secret, token], origins, [])
    credential.signing = HTTPSigning(scheme: "aws:amz:" + service, key: key, secret: secret)
    return credential
  }

  /// How a request to a host is signed; nil for any that it is not meant for.
  func signing(for origin: WebAddress.Origin) -> HTTPSigning? { origins.contains(origin) ? signing : nil }

  /// The header line for a host; nil for any that it is not meant for.
  func line(for origin: WebAddress.Origin) -> (name: String, value: String)? {
    if name.isEmpty { return nil }
    let isOfFamily = origin.isEncrypted && families.contains { origin.host == $0 || origin.host.hasSuffix("." + $0) }
    return origins.contains(origin) || isOfFamily ? (name, scheme + secret.revealed) : nil
  }

  /// A text of an answer without the secret: servers may say back what they were sent.
  package func hidden(in text: String) -> String {
    traces.reduce(text) { $0.replacing($1.revealed, with: "[secret]") }
  }
}

/// A key that requests are signed with.
package struct HTTPSigning: Sendable, Equatable {
  /// The kind of signature, its region and its service, as libcurl names them.
  package let scheme: String
  /// What names the key.
  package let key: Secret
  /// What signs.
  package let secret: Secret
}

/// Base64 as HTTP has it.
enum Base64Text {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func of(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let piece = bytes[start..<min(start + 3, bytes.count)]
      let number = piece.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
      for place in 0..<4 { result.append(place <= piece.count ? digits[number >> (18 - 6 * place) & 63] : 0x3D) }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
