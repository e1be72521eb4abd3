internal import Foundation

/// An address of the web, read strictly: what two readers could understand differently is none.
///
/// Of the schemes only `https` is one, and `http` where the host is this machine.
package struct WebAddress: Hashable, Sendable, CustomStringConvertible {
  /// Who answers: a credential is for one of these.
  package struct Origin: Hashable, Sendable {
    /// Whether it is asked over TLS.
    package let isEncrypted: Bool
    /// The host in lower case; an IPv6 address stands in brackets.
    package let host: String
    /// The port.
    package let port: Int
  }

  /// Who answers.
  package let origin: Origin
  /// The path with its escapes, beginning with a slash.
  package let path: String
  /// The query with its escapes, without the question mark.
  package let query: String?
  /// What stands behind `#`; it is sent to nobody.
  package let fragment: String?

  /// Reads an address; nil for what is none, names a user, or is neither `https` nor on this machine.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 8192, let colon = text.range(of: "://") else { return nil }
    let scheme = text[..<colon.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let rest = text[colon.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    guard let origin = Origin(String(authority), isEncrypted: scheme == "https") else { return nil }
    let (front, hash) = Self.halves(Substring(rest.dropFirst(authority.count)), "#")
    let (path, query) = Self.halves(front, "?")
    guard let path = Self.escaped(path), let query = Self.escaped(query), let hash = Self.escaped(hash) else {
      return nil
    }
    self.init(
      origin: origin, path: path.isEmpty ? "/" : path, query: query.isEmpty ? nil : query,
      fragment: hash.isEmpty ? nil : hash)
  }

  private init(origin: Origin, path: String, query: String?, fragment: String? = nil) {
    self.origin = origin
    self.path = path
    self.query = query
    self.fragment = fragment
  }

  /// What stands before a mark, and what behind it.
  private static func halves(_ text: Substring, _ mark: Character) -> (Substring, Substring) {
    guard let index = text.firstIndex(of: mark) else { return (text, "") }
    return (text[..<index], text[text.index(after: index)...])
  }

  /// The text with escapes for what stands unescaped in links of people; nil with controls or backslashes.
  private static func escaped(_ text: some StringProtocol) -> String? {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0..<0x20, 0x7F, UInt8(ascii: "\\"): return nil
      case 0x20, 0x80..., UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): result += Self.escape(byte)
      default: result.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return result
  }

  private static func escape(_ byte: UInt8) -> String {
    "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  /// The address of the origin's top.
  package init(_ origin: Origin) { self.init(origin: origin, path: "/", query: nil) }

  /// The whole address without what is sent to nobody.
  package var text: String { origin.text + path + (query.map { "?" + $0 } ?? "") }

  /// The address for people and for errors: without its query, which may hold a signature that opens what it names.
  package var description: String { origin.text + path }

  /// The parts of the path, without escapes.
  package var parts: [String] {
    path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
  }

  /// The value of a query's field, without escapes.
  package func field(_ name: String) -> String? {
    for pair in (query ?? "").split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? String($0) }
      if sides.first == name { return sides.count > 1 ? sides[1] : "" }
    }
    return nil
  }

  /// The address below this one; each part is escaped whole, a slash in it too.
  package func adding(_ parts: [String], _ fields: [(String, String)] = []) -> WebAddress {
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    let tail = parts.map { "/" + Self.escapedWhole($0) }.joined()
    let query = fields.map { Self.escapedWhole($0.0) + "=" + Self.escapedWhole($0.1) }.joined(separator: "&")
    return WebAddress(origin: origin, path: base + tail, query: query.isEmpty ? nil : query)
  }

  /// A part of a path or a query with escapes for all but letters, digits and `-._~`.
  package static func escapedWhole(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: result += escape(byte)
      }
    }
    return result
  }

  /// The address that a reference in an answer of this one means; nil where it is none that may be asked.
  package func following(_ reference: String) -> WebAddress? {
    let reference = reference.trimmingCharacters(in: .whitespaces)
    if let colon = reference.firstIndex(of: ":"), reference[..<colon].allSatisfy({ $0.isLetter || "+-.".contains($0) })
    {
      return WebAddress(reference)
    }
    if reference.hasPrefix("//") { return WebAddress((origin.isEncrypted ? "https:" : "http:") + reference) }
    if reference.hasPrefix("/") { return WebAddress(origin.text + reference) }
    if reference.hasPrefix("?") { return WebAddress(origin.text + path + reference) }
    let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
    return WebAddress(origin.text + folder + reference)
  }
}

extension WebAddress.Origin {
  /// Reads a host and a port; nil for users, for hosts that could be read as another one, and for `http` elsewhere.
  init?(_ authority: String, isEncrypted: Bool) {
    var host = authority.lowercased()
    var port = isEncrypted ? 443 : 80
    let afterBracket = host.hasPrefix("[") ? host.firstIndex(of: "]").map { host.index(after: $0) } : host.startIndex
    guard let afterBracket else { return nil }
    if let colon = host[afterBracket...].firstIndex(of: ":") {
      let digits = host[host.index(after: colon)...]
      guard let number = Int(digits), (1...65_535).contains(number), digits.allSatisfy(\.isNumber) else { return nil }
      port = number
      host = String(host[..<colon])
    }
    guard Self.isHost(host) else { return nil }
    self.init(isEncrypted: isEncrypted, host: host, port: port)
    if !isEncrypted, !isThisMachine { return nil }
  }

  private static func isHost(_ host: String) -> Bool {
    if host.hasPrefix("[") {
      guard host.hasSuffix("]"), host.count > 2 else { return false }
      return HostAddress(String(host.dropFirst().dropLast())) != nil
    }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard host.utf8.count <= 253, let last = labels.last, !last.isEmpty,
      labels.allSatisfy({ label in
        !label.isEmpty && label.utf8.count < 64
          && label.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
          }
      })
    else { return false }
    // `127.1`, `0x7f.1` and `2130706433` are 127.0.0.1 to some.
    let isNumeric = last.utf8.allSatisfy { (0x30...0x39).contains($0) } || last.hasPrefix("0x")
    return !isNumeric || HostAddress(host) != nil
  }

  /// Whether it is this machine by its name or number.
  package var isThisMachine: Bool { host == "localhost" || literal?.isThisMachine == true }

  /// Whether it is this machine, or by its number one of a private network.
  package var isPrivate: Bool { isThisMachine || literal?.isPrivate == true }

  private var literal: HostAddress? {
    HostAddress(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host)
  }

  /// The origin as an address begins.
  package var text: String {
    let isUsual = port == (isEncrypted ? 443 : 80)
    return (isEncrypted ? "https://" : "http://") + host + (isUsual ? "" : ":\(port)")
  }
}

/// The number of a host on the network.
struct HostAddress: Equatable {
  private let bytes: [UInt8]

  /// Reads an address as it is written; nil for names.
  init?(_ text: String) {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: &four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      let all = withUnsafeBytes(of: &six) { Array($0) }
      // ::ffff:127.0.0.1 reaches what 127.0.0.1 does.
      let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
      bytes = isMapped ? Array(all.suffix(4)) : all
    } else {
      return nil
    }
  }

  /// Whether it is this machine.
  var isThisMachine: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.prefix(15).allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  /// Whether it belongs to this machine or to a network that the public one does not reach.
  var isPrivate: Bool {
    if isThisMachine { return true }
    guard bytes.count == 4 else {
      return bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 || bytes.allSatisfy { $0 == 0 }
    }
    switch (bytes[0], bytes[1]) {
    case (0, _), (10, _), (192, 168), (169, 254): return true
    case (172, let second): return (16...31).contains(second)
    case (100, let second): return (64...127).contains(second)
    default: return false
    }
  }
}
