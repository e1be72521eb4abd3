package import SystemKit

/// A link as people give it.
package enum CILink: Sendable, Equatable {
  /// An address, as copied from the browser.
  case web(WebAddress)
  /// A service's word and what stands behind its colon.
  case short(service: String, String)

  /// Reads a text; nil for what is no link but a path.
  package init?(_ text: String) {
    // The address of a bucket is no address of the web: only its service knows who answers.
    if text.hasPrefix("s3://") {
      self = .short(service: "s3", String(text.dropFirst(5)))
      return
    }
    if text.contains("://") {
      guard let address = WebAddress(text) else { return nil }
      self = .web(address)
      return
    }
    guard let colon = text.firstIndex(of: ":"), CIProviders.all.contains(where: { $0.id == text[..<colon] }) else {
      return nil
    }
    self = .short(service: String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  /// Whether a text is meant as a link, even where it is none that can be read.
  package static func isMeant(_ text: String) -> Bool {
    CILink(text) != nil || text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.count > 1 && text.contains("://")
  }
}

/// What is known around a link: variables, logins, and whose hosts the person says are whose.
package struct CIWorld: Sendable {
  private let environment: [String: String]
  /// Hosts of services of one's own, with the service's id, as the person's settings name them.
  package let hosts: [String: String]
  /// The logins of `.netrc`.
  package let netrc: Netrc
  /// The keys of AWS's own tools, read when a bucket asks for them.
  package var aws: AWSLogin { AWSLogin(environment) }
  /// Asks a service's own tool for a token of a host, where the person's settings allow that.
  package let ask: @Sendable (_ service: String, _ host: String) -> Secret?

  /// What is known.
  package init(
    _ environment: [String: String], hosts: [String: String] = [:], netrc: Netrc? = nil,
    ask: @escaping @Sendable (_ service: String, _ host: String) -> Secret? = { _, _ in nil }
  ) {
    self.environment = environment.filter { !$0.value.isEmpty }
    self.hosts = hosts
    self.netrc = netrc ?? Netrc.read(environment)
    self.ask = ask
  }

  /// The value of the first variable that is set.
  package func value(_ names: String...) -> String? { names.lazy.compactMap { environment[$0] }.first }

  /// The secret in the first variable that is set.
  package func secret(_ names: [String]) -> Secret? {
    names.lazy.compactMap { environment[$0] }.first.flatMap { Secret($0.trimmingWhitespace) }
  }

  /// The address in a variable; a host alone counts too.
  package func server(_ names: String...) -> WebAddress? {
    guard let text = names.lazy.compactMap({ environment[$0] }).first else { return nil }
    return WebAddress(text.contains("://") ? text : "https://" + text)
  }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
