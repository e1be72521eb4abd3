/// Where a link of a page leads, judged by its letters alone.
package enum LinkTarget: Sendable, Equatable {
  /// A file or folder, by a path from the repository's root that may still lead out of it; and a heading in it.
  case file(String)
  /// A heading of the same page.
  case heading(String)
  /// An address of the web.
  case web(String)
  /// Somebody's address for letters.
  case mail(String)
  /// It is not followed; why, as a clause.
  case refused(String)

  /// Judges a link's destination in a page of a path.
  package init(_ destination: String, in page: String) {
    let destination = destination.filter { !$0.isNewline }
    if destination.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      self = .refused("it holds control characters")
    } else if destination.hasPrefix("#") {
      self = Self.decoded(destination.dropFirst()).map { .heading($0) } ?? .refused("it names nothing")
    } else if let scheme = Self.scheme(of: destination) {
      self = Self.target(destination, scheme: scheme)
    } else if destination.hasPrefix("//") || destination.hasPrefix("\\") {
      self = .refused("it names a host without saying how")
    } else {
      self = Self.file(destination, in: page)
    }
  }

  private static func scheme(of text: String) -> String? {
    guard let colon = text.firstIndex(of: ":"), text.first?.isLetter == true else { return nil }
    let scheme = text[..<colon]
    let isScheme = scheme.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || [0x2B, 0x2D, 0x2E].contains($0)
    }
    return isScheme ? scheme.lowercased() : nil
  }

  private static func target(_ text: String, scheme: String) -> LinkTarget {
    switch scheme {
    case "http", "https":
      let host = text.dropFirst(scheme.count + 1)
      guard host.hasPrefix("//"), host.count > 2, !text.contains(where: \.isWhitespace) else {
        return .refused("it is no address")
      }
      return .web(text)
    case "mailto": return .mail(String(text.dropFirst(7)))
    default: return .refused("\(scheme): links are not followed")
    }
  }

  private static func file(_ text: String, in page: String) -> LinkTarget {
    let path = text.prefix { $0 != "#" && $0 != "?" }
    guard let plain = decoded(path), !plain.isEmpty else { return .refused("it names nothing") }
    if plain.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return .refused("it holds control characters") }
    if plain.hasPrefix("/") { return .file(String(plain.dropFirst())) }
    let folder = page.lastIndex(of: "/").map { page[...$0] } ?? ""
    return .file(folder + plain)
  }

  /// The text with `%20` and its like taken for what they stand for; nil where that is no text.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count > 1,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
