internal import Foundation
internal import TriageModel

/// Files that a report holds within itself, as part of what a test printed: texts are shown, all others are named with
/// type and size.
struct EmbeddedFiles {
  /// Bytes of one text that are shown.
  static let longestText = 1 << 16
  /// Bytes of all of a test, after which they are counted only.
  private static let longest = 1 << 20

  private var bytes: [UInt8] = []
  private var rest = 0

  /// What is shown of them.
  var shown: ArraySlice<UInt8> {
    (rest == 0 ? bytes : bytes + Array("[… and \(CountText.of(rest, "more file"))]\n".utf8))[...]
  }

  /// Adds a file by its name, if it has one, its media type, and its content: base64, or as it is.
  mutating func add(
    _ name: ArraySlice<UInt8> = [], type: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>, isBase64: Bool
  ) {
    if bytes.count > Self.longest {
      rest += 1
      return
    }
    let type = type.isEmpty ? Array("type not told".utf8)[...] : type
    guard Self.isText(type) else {
      return addTitle(name, type, isBase64 ? Self.size(ofBase64: content) : content.count)
    }
    let (text, size) = isBase64 ? Self.text(ofBase64: content) : (content.prefix(Self.longestText), content.count)
    // What a test logged is no file, though it comes as one.
    if !type.starts(with: "text/x.cucumber.log".utf8) { addTitle(name, type, size) }
    bytes += text
    if text.last != 0x0A { bytes.append(0x0A) }
    if size > text.count { bytes += "[… \(CountText.of(size - text.count, "more byte"))]\n".utf8 }
  }

  private mutating func addTitle(_ name: ArraySlice<UInt8>, _ type: ArraySlice<UInt8>, _ size: Int) {
    bytes += "[".utf8 + (name.isEmpty ? [] : name.prefix(400) + ", ".utf8) + type.prefix(100)
    bytes += ", \(CountText.of(size, "byte"))]\n".utf8
  }

  private static func isText(_ type: ArraySlice<UInt8>) -> Bool {
    let type = String(decoding: type.prefix(100), as: UTF8.self).lowercased().prefix { $0 != ";" }
    return type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml")
      || ["application/json", "application/xml", "application/x-ndjson", "application/yaml"].contains(type)
  }

  /// How many bytes base64 stands for.
  private static func size(ofBase64 content: ArraySlice<UInt8>) -> Int {
    let count = content.count { $0 > 0x20 }
    let padding = content.suffix(4).count { $0 == UInt8(ascii: "=") }
    return max(0, count / 4 * 3 + max(0, count % 4 - 1) - padding)
  }

  /// The beginning of a text in base64, and the size of the whole; some tools write it as it is, and say that they do not.
  private static func text(ofBase64 content: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Int) {
    var written: [UInt8] = []
    for byte in content where byte > 0x20 && written.count < longestText / 3 * 4 { written.append(byte) }
    while written.count % 4 != 0 { written.append(UInt8(ascii: "=")) }
    let asWritten = (content.prefix(longestText), content.count)
    guard !content.contains(0x20), let data = Data(base64Encoded: Data(written)) else { return asWritten }
    let size = size(ofBase64: content)
    // The last character may be cut.
    for cut in 0...(size > data.count ? min(3, data.count) : 0) {
      let bytes = Array(data.dropLast(cut))
      if String(validating: bytes, as: UTF8.self) != nil { return (bytes[...], size) }
    }
    return asWritten
  }
}
