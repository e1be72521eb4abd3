internal import CCrypto

/// The SHA-256 of a file's bytes: what a decision is bound to.
package struct ContentHash: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  package let hex: String

  /// The hash of bytes.
  package init(of bytes: some Sequence<UInt8>) {
    let digest =
      bytes.withContiguousStorageIfAvailable(Self.digest) ?? Array(bytes).withUnsafeBufferPointer(Self.digest)
    hex = Self.text(digest)
  }

  /// The hash of what `read` puts into a buffer, a piece at a time; nil where it answers nil, and 0 ends it.
  package init?(reading read: (UnsafeMutableRawBufferPointer) -> Int?) {
    guard let context = EVP_MD_CTX_new() else { return nil }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      guard let count = buffer.withUnsafeMutableBytes(read) else { return nil }
      if count == 0 { break }
      EVP_DigestUpdate(context, buffer, count)
    }
    hex = Self.text(
      [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { output, count in
        var length: UInt32 = 0
        EVP_DigestFinal_ex(context, output.baseAddress, &length)
        count = Int(length)
      })
  }

  private static func text(_ digest: [UInt8]) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  /// The hash that a manifest or a ledger names; nil for what is no SHA-256.
  package init?(hex: String) {
    let hex = hex.lowercased()
    guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.hex = hex
  }

  /// The first digits, as people compare them.
  package var short: String { String(hex.prefix(8)) }

  package var description: String { hex }

  package static func < (left: ContentHash, right: ContentHash) -> Bool { left.hex < right.hex }

  private static func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { output, count in
      var length: UInt32 = 0
      EVP_Digest(bytes.baseAddress, bytes.count, output.baseAddress, &length, EVP_sha256(), nil)
      count = Int(length)
    }
  }
}
