#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Looks for secrets and personal data in texts: in the lines that an actual adds to its golden, in what a run left.
package enum SecretScan {
  /// Findings that are told at most.
  package static let limit = 1000

  /// What the added lines hold, by line. Bytes that are no text are not looked at.
  package static func findings(in actual: [UInt8], since expected: [UInt8]) -> [SecretFinding] {
    if isBinary(actual[...]) { return [] }
    if expected.isEmpty {
      var reader = SecretReader()
      reader.read(actual[...])
      return reader.findings
    }
    return actual.withUnsafeBufferPointer { actual in
      expected.withUnsafeBufferPointer { expected in
        let known = lines(of: expected)
        var matches: [Match] = []
        forEachLine(actual) { number, line in
          guard matches.count < limit, !known.contains(hash(line)) else { return }
          var scanner = SecretScanner(line: line)
          scanner.scan { kind, range in
            matches.append(Match(finding: SecretFinding(kind, line: number), value: hash(slice(line, range))))
          }
        }
        if matches.isEmpty { return [] }
        // A long line that changed elsewhere adds nothing that the golden had before.
        let old = values(in: expected)
        return matches.filter { !old.contains($0.value) }.map(\.finding)
      }
    }
  }

  /// A text for lists, which many people see: what gives access stands as what it is, `[an AWS key]`.
  package static func masked(_ text: String) -> String {
    var text = text
    let masked = text.withUTF8 { bytes -> [UInt8]? in
      var output: [UInt8] = []
      var end = 0
      forEachLine(bytes) { _, line in
        var scanner = SecretScanner(line: line)
        guard let base = bytes.baseAddress, let start = line.baseAddress else { return }
        let offset = start - base
        scanner.scan { kind, range in
          guard kind.givesAccess, range.lowerBound + offset >= end else { return }
          output += bytes[end..<range.lowerBound + offset]
          output += "[\(kind.rawValue)]".utf8
          end = range.upperBound + offset
        }
      }
      return end == 0 ? nil : output + bytes[end...]
    }
    return masked.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  private struct Match {
    let finding: SecretFinding
    let value: Int
  }

  private static func values(in bytes: UnsafeBufferPointer<UInt8>) -> Set<Int> {
    var values: Set<Int> = []
    forEachLine(bytes) { _, line in
      var scanner = SecretScanner(line: line)
      scanner.scan { _, range in values.insert(hash(slice(line, range))) }
    }
    return values
  }

  private static func lines(of bytes: UnsafeBufferPointer<UInt8>) -> Set<Int> {
    var hashes: Set<Int> = []
    forEachLine(bytes) { _, line in hashes.insert(hash(line)) }
    return hashes
  }

  /// The bytes of a beginning that say whether it is text.
  package static let headLength = 8192

  /// Whether the beginning says that it is no text, in which nothing is looked for.
  package static func isBinary(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return false }
      return memchr(start, 0, min(bytes.count, headLength)) != nil
    }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return hasher.finalize()
  }

  private static func slice(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[range])
  }

  static func forEachLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (_ number: Int, _ line: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard let base = bytes.baseAddress else { return }
    var number = 0
    var start = 0
    while start < bytes.count {
      let feed = memchr(base + start, 0x0A, bytes.count - start)
      let end = feed.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
      number += 1
      body(number, slice(bytes, start..<end))
      start = end + 1
    }
  }
}
