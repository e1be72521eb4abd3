/// The logins of a `.netrc`: `machine HOST login USER password WORD`, and `default`.
package struct Netrc: Sendable {
  /// One login.
  package struct Login: Sendable, Equatable {
    /// The user; may be empty.
    package var user = ""
    /// The password or token.
    package var password: Secret?
  }

  private var machines: [String: Login] = [:]

  /// The file's text; words are parted by blanks and lines.
  package init(_ text: String) {
    var words = text.split { $0 == " " || $0 == "\t" || $0.isNewline }[...]
    var machine: Substring?
    while let word = words.popFirst() {
      switch word {
      case "machine": machine = words.popFirst()?.lowercased()[...]
      // Whoever it is for is not said: a credential is for one host.
      case "default": machine = nil
      case "login", "account", "password":
        guard let value = words.popFirst(), let machine else { continue }
        if word == "login" { machines[String(machine), default: Login()].user = String(value) }
        if word == "password" { machines[String(machine), default: Login()].password = Secret(value) }
      default: break
      }
    }
  }

  /// The login for a host, where there is one with a password.
  package func login(_ host: String) -> Login? {
    machines[host.lowercased()].flatMap { $0.password == nil ? nil : $0 }
  }

  /// Reads the file that `NETRC` names, else `~/.netrc`; empty where there is none.
  package static func read(_ environment: [String: String]) -> Netrc {
    let path = environment["NETRC"] ?? (environment["HOME"] ?? "") + "/.netrc"
    return Netrc(RegularFile.text(path, limit: 1 << 20) ?? "")
  }
}
