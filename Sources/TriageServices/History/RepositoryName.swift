internal import Foundation
package import Workspace

/// The name under which a repository's runs are kept: its origin, so that clones share a history; else its folder.
package enum RepositoryName {
  /// `github.com/owner/name` of the origin, whatever the protocol and the account; without one, the root folder.
  ///
  /// Outside of a repository it is the current folder: two projects' tests of one name must not be taken for one.
  package static func of(_ repository: Repository?, environment: [String: String]) -> String {
    guard let repository else { return FileManager.default.currentDirectoryPath }
    let url = GitObjects(root: repository.root, environment: environment).origin()
    return url.flatMap(normal) ?? repository.root
  }

  /// A remote's URL without protocol, account and `.git`; nil for a folder, which means another thing elsewhere.
  static func normal(_ url: String) -> String? {
    var rest = url[...]
    let hasProtocol = rest.contains("://")
    if let range = rest.firstRange(of: "://") {
      if rest.hasPrefix("file:") { return nil }
      rest = rest[range.upperBound...]
    }
    let host = rest.prefix { $0 != "/" && $0 != ":" }
    if let at = host.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    if !hasProtocol {
      guard let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/") else { return nil }
      rest = (rest[..<colon] + "/" + rest[rest.index(after: colon)...].drop { $0 == "/" })[...]
    } else if let user = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") {
      rest = rest[rest.index(after: user)...]
    }
    while rest.hasSuffix("/") { rest.removeLast() }
    if rest.hasSuffix(".git") { rest.removeLast(4) }
    guard let slash = rest.firstIndex(of: "/") else { return nil }
    return rest[..<slash].lowercased() + String(rest[slash...])
  }
}
