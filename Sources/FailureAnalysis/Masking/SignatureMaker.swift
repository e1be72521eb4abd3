package import TriageModel

/// Makes signatures of failures; one for each thread, since it keeps its scratch memory.
///
/// The text is the type and the message. The details (stack, source, diff) belong to it only where the message says
/// too little to tell failures apart (`assert 3 == 4`): stacks differ between tests that fail for one reason.
package struct SignatureMaker {
  /// The longest masked text in bytes; what is longer keeps its first and last half (Kubernetes triage's figure).
  package static let longestText = 10_000
  /// The bytes of a failure's part that are masked at all: the first and the last half of this.
  private static let longestRaw = 1 << 16
  /// A message with fewer words of meaning needs its details.
  private static let fewestWords = 3

  private var masker = Masker()
  private var cutText: [UInt8] = []
  private var messageEnd = 0

  /// A maker.
  package init() {}

  /// The key of a failure.
  package mutating func key(
    type: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, details: UnsafeRawBufferPointer
  ) -> SignatureKey {
    mask(type, message, details)
    return SignatureKey(cutText.withUnsafeBytes(StableHash.of))
  }

  /// The signature of a failure.
  package mutating func signature(
    type: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, details: UnsafeRawBufferPointer
  ) -> Signature {
    let key = key(type: type, message: message, details: details)
    return signature(of: key)
  }

  /// The signature of the text whose key was made last.
  package func signature(of key: SignatureKey) -> Signature {
    let boundary = cutText.withUnsafeBytes { text in
      SignatureGuard.of(UnsafeRawBufferPointer(rebasing: text[..<min(max(messageEnd, 0), text.count)]))
    }
    return Signature(key: key, title: title, boundary: boundary, text: cutText)
  }

  private mutating func mask(
    _ type: UnsafeRawBufferPointer, _ message: UnsafeRawBufferPointer, _ details: UnsafeRawBufferPointer
  ) {
    masker.begin()
    if !type.isEmpty, !Self.isGeneric(type), !message.starts(with: type), !details.starts(with: type) {
      masker.append(type)
      masker.append(0x3A)
      masker.append(0x20)
    }
    appendEnds(of: message)
    messageEnd = masker.masked.count
    if message.isEmpty || words() < Self.fewestWords {
      if !message.isEmpty { masker.append(0x0A) }
      appendEnds(of: details)
      if message.isEmpty { messageEnd = firstLineEnd }
    }
    cut()
  }

  /// Words of dialects that stand for a type and say nothing.
  private static func isGeneric(_ type: UnsafeRawBufferPointer) -> Bool {
    for word in ["failure", "error", "failed", "fail"] as [StaticString]
    where word.equalsIgnoringCase(type, 0..<type.count) {
      return true
    }
    return false
  }

  private mutating func appendEnds(of bytes: UnsafeRawBufferPointer) {
    guard bytes.count > Self.longestRaw else { return masker.append(bytes) }
    let half = Self.longestRaw / 2
    masker.append(UnsafeRawBufferPointer(rebasing: bytes[..<half]))
    masker.append(0x0A)
    masker.append(UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - half)...]))
  }

  private var firstLineEnd: Int { masker.masked.firstIndex(of: 0x0A) ?? masker.masked.count }

  /// The words of three letters or more in the masked message that are no exception's name and no word of assertions.
  private func words() -> Int {
    masker.masked.withUnsafeBytes { text in
      var count = 0
      var place = 0
      while place < text.count, count < Self.fewestWords {
        guard ByteClass.isLetter(text[place]) else {
          place += text[place] == 0x3C ? Placeholder.length(in: text, at: place) ?? 1 : 1
          continue
        }
        let start = place
        while place < text.count, ByteClass.isWord(text[place]) { place += 1 }
        if place - start >= 3, !Self.isEmptyWord(text, start..<place) { count += 1 }
      }
      return count
    }
  }

  private static func isEmptyWord(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    if StaticString("Error").matches(text, at: range.upperBound - 5) { return true }
    for word in emptyWords where word.equalsIgnoringCase(text, range) { return true }
    return false
  }

  private static let emptyWords: [StaticString] = [
    "assert", "assertion", "error", "failed", "failure", "exception", "true", "false", "none", "null", "expected",
    "actual",
    "not", "equal", "but", "was", "got", "test",
  ]

  /// Drops repeated lines of a text that is too long, then its middle.
  private mutating func cut() {
    cutText.removeAll(keepingCapacity: true)
    guard masker.masked.count > Self.longestText else {
      cutText.append(contentsOf: masker.masked)
      return
    }
    var previous: ArraySlice<UInt8>?
    for line in masker.masked.split(separator: 0x0A, omittingEmptySubsequences: false) where line != previous {
      if previous != nil { cutText.append(0x0A) }
      cutText.append(contentsOf: line)
      previous = line
    }
    guard cutText.count > Self.longestText else { return }
    let half = Self.longestText / 2
    cutText.replaceSubrange(half..<cutText.count - half, with: "\n…\n".utf8)
  }

  private var title: String {
    let line = cutText.split(separator: 0x0A).first { line in line.contains(where: ByteClass.isLetter) }
    var end = min(line?.count ?? 0, 200)
    guard let line else { return "" }
    while end > 0, end < line.count, line[line.startIndex + end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: line.prefix(end), as: UTF8.self)
  }
}

extension SignatureMaker {
  /// The signature of what the first failing attempt at a test said; nil when no attempt failed or none says anything.
  package mutating func signature(of test: TestIndex, in table: TestTable) -> Signature? {
    key(of: test, in: table).map(signature(of:))
  }

  /// The key alone: for a million results, whose texts are few.
  package mutating func key(of test: TestIndex, in table: TestTable) -> SignatureKey? {
    guard let failure = table.decidingFailure(of: test) else { return nil }
    let text = table.text
    return text.withBytes(of: failure.type) { type in
      text.withBytes(of: failure.message) { message in
        text.withBytes(of: failure.details) { details in
          key(type: type, message: message, details: details)
        }
      }
    }
  }
}
