internal import SafeText
package import TriageModel

/// Makes signatures of failures; one for each thread, since it keeps its scratch memory.
///
/// The text is the type and the message. Where the message says too little to tell failures apart (`assert 3 == 4`,
/// *Failed*), the reason in the details belongs to it, and the file that failed: frames of the stack do not, since they
/// differ between tests that fail for one reason.
package struct SignatureMaker {
  /// The longest masked text in bytes; what is longer keeps its first and last half (Kubernetes triage's figure).
  package static let longestText = 10_000
  /// The bytes of a failure's part that are masked at all: the first and the last half of this.
  private static let longestRaw = 1 << 16
  /// A message with fewer words of meaning needs its details.
  private static let fewestWords = 3

  private var masker = Masker()
  private var cutText: [UInt8] = []
  private var reasonText: [UInt8] = []
  private var skeleton = Skeleton([])

  /// A maker.
  package init() {}

  /// The key of a failure; `file` is the project's file that it lies in, where that is known.
  package mutating func key(
    type: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, details: UnsafeRawBufferPointer,
    file: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  ) -> SignatureKey {
    mask(type, message, details, file)
    skeleton = Skeleton(cutText)
    return SignatureKey(skeleton.key)
  }

  /// The signature of a failure.
  package mutating func signature(
    type: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer, details: UnsafeRawBufferPointer,
    file: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  ) -> Signature {
    let key = key(type: type, message: message, details: details, file: file)
    return signature(of: key)
  }

  /// The key of a failure of which only the text is known that a history keeps: message and details in one.
  package mutating func key(ofKept text: String) -> SignatureKey {
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    return Array(text.utf8).withUnsafeBytes { key(type: nothing, message: nothing, details: $0) }
  }

  /// The signature of the text whose key was made last.
  package func signature(of key: SignatureKey) -> Signature {
    Signature(key: key, title: title, boundary: skeleton.head, text: cutText)
  }

  private mutating func mask(
    _ type: UnsafeRawBufferPointer, _ message: UnsafeRawBufferPointer, _ details: UnsafeRawBufferPointer,
    _ file: UnsafeRawBufferPointer
  ) {
    masker.begin()
    let isTold = message.starts(with: type) || message.isEmpty && details.starts(with: type)
    if !type.isEmpty, !Self.isGeneric(type), !isTold {
      masker.append(type)
      masker.append(0x3A)
      masker.append(0x20)
    }
    let start = masker.masked.count
    if !Self.isGeneric(message) || details.isEmpty { appendReason(of: message, orWhole: true) }
    if words(from: start) < Self.fewestWords {
      let isEmpty = masker.masked.count == start
      if !isEmpty { masker.append(0x0A) }
      appendReason(of: details, orWhole: isEmpty)
      let words = words(from: start)
      if words < Self.fewestWords, masker.masked.count > start {
        // The place tells apart what the words do not: the file, or else the frames.
        masker.append(0x0A)
        masker.append(!file.isEmpty || words > 0 ? Self.name(of: file) : details)
      }
    }
    cut()
  }

  /// Adds what a part says but frames and furniture; where nothing else is there, all of it if that is wanted.
  private mutating func appendReason(of bytes: UnsafeRawBufferPointer, orWhole: Bool) {
    guard bytes.count > Self.longestRaw else { return appendStretch(bytes, orWhole: orWhole) }
    let half = Self.longestRaw / 2
    appendStretch(UnsafeRawBufferPointer(rebasing: bytes[..<half]), orWhole: orWhole)
    masker.append(0x0A)
    appendStretch(UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - half)...]), orWhole: orWhole)
  }

  private mutating func appendStretch(_ bytes: UnsafeRawBufferPointer, orWhole: Bool) {
    // Masked in one piece: a number may be compared with one of the next line.
    reasonText.removeAll(keepingCapacity: true)
    var reason = ReasonLines(bytes)
    while let line = reason.next() {
      if !reasonText.isEmpty { reasonText.append(0x0A) }
      reasonText.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[line]))
    }
    if !reasonText.isEmpty {
      reasonText.withUnsafeBytes { masker.append($0) }
    } else if orWhole {
      masker.append(bytes)
    }
  }

  /// The last part of a path: where the project lies differs from machine to machine.
  private static func name(of file: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let start = file.lastIndex { $0 == 0x2F || $0 == 0x5C }.map { $0 + 1 } ?? 0
    return UnsafeRawBufferPointer(rebasing: file[start...])
  }

  /// Words of dialects that stand for a type or a message and say nothing.
  private static func isGeneric(_ type: UnsafeRawBufferPointer) -> Bool {
    for word in ["failure", "error", "failed", "fail", "test failure", "test failed"] as [StaticString]
    where word.equalsIgnoringCase(type, 0..<type.count) {
      return true
    }
    return false
  }

  /// The words of three letters or more in what was masked that are no exception's name and no word of assertions.
  private func words(from start: Int) -> Int {
    masker.masked.withUnsafeBytes { text in
      var count = 0
      var place = start
      while place < text.count, count < Self.fewestWords {
        guard ByteClass.isLetter(text[place]) else {
          // A code that was kept says as much as two words.
          if ByteClass.isDigit(text[place]), place == start || !ByteClass.isWord(text[place - 1]) { count += 2 }
          place += text[place] == 0x3C ? Placeholder.length(in: text, at: place) ?? 1 : 1
          continue
        }
        let first = place
        while place < text.count, ByteClass.isWord(text[place]) { place += 1 }
        if place - first >= 3, !Self.isEmptyWord(text, first..<place) { count += 1 }
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
    "not", "equal", "but", "was", "got", "test", "values", "differ", "different", "should", "are", "the", "same",
    "want",
    "received", "left", "right", "panicked", "thread",
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
    return SecretScan.masked(String(decoding: line.prefix(end), as: UTF8.self))
  }
}

extension SignatureMaker {
  /// The signature of what the first failing attempt at a test said; nil when no attempt failed or none says anything.
  package mutating func signature(of test: TestIndex, in table: TestTable) -> Signature? {
    key(of: test, in: table).map(signature(of:))
  }

  /// The title of what a test said with its noise, as a person reads it; nil when it said nothing.
  package mutating func ownTitle(of test: TestIndex, in table: TestTable) -> String? {
    masker.keepsNoise = true
    defer { masker.keepsNoise = false }
    return key(of: test, in: table) == nil ? nil : title
  }

  /// The key alone: for a million results, whose texts are few.
  package mutating func key(of test: TestIndex, in table: TestTable) -> SignatureKey? {
    guard let failure = table.decidingFailure(of: test) else { return nil }
    let text = table.text
    return text.withBytes(of: failure.type) { type in
      text.withBytes(of: failure.message) { message in
        text.withBytes(of: failure.details) { details in
          text.withBytes(of: failure.file) { key(type: type, message: message, details: details, file: $0) }
        }
      }
    }
  }
}

/// The signatures of some failing tests: a key for each test, and what each key stands for once.
///
/// One thread makes one. Batches of neighbouring stretches of tests, joined in their order, are what a single batch of
/// all of them would be: the number of threads changes nothing.
package struct SignatureBatch: Sendable, Equatable {
  /// The key of each test in the order given; nil where no attempt failed or none says anything.
  package private(set) var keys: [SignatureKey?] = []
  /// What each key stands for: the first failure that had it.
  package private(set) var signatures: [SignatureKey: Signature] = [:]

  /// The signatures of some tests of a table.
  package init(of tests: ArraySlice<TestIndex>, in table: TestTable) {
    keys.reserveCapacity(tests.count)
    var maker = SignatureMaker()
    for test in tests {
      let key = maker.key(of: test, in: table)
      keys.append(key)
      if let key, signatures[key] == nil { signatures[key] = maker.signature(of: key) }
    }
  }

  /// Adds the batch of the tests that follow.
  package mutating func append(_ next: SignatureBatch) {
    keys += next.keys
    signatures.merge(next.signatures) { first, _ in first }
  }
}
