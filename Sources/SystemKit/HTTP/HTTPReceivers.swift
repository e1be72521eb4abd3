internal import Foundation

/// Keeps an answer in memory.
final class MemoryReceiver: HTTPReceiver {
  private(set) var head = HTTPHead()
  private(set) var body: [UInt8] = []
  private(set) var failure: HTTPError?
  private let limit: Int
  private let watch: HTTPWatch

  init(limit: Int, _ watch: HTTPWatch) {
    self.limit = limit
    self.watch = watch
  }

  func begin(_ head: HTTPHead) -> Bool {
    self.head = head
    return true
  }

  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= limit else {
      failure = .tooLarge(limit: limit, said: nil)
      return false
    }
    body += bytes
    return true
  }

  func goOn() -> Bool {
    if watch.goesOn() { return true }
    failure = failure ?? .cancelled
    return false
  }
}

/// Writes a success into a file that may have a beginning already; any other answer is kept in memory.
final class FileReceiver: HTTPReceiver {
  private(set) var head = HTTPHead()
  /// What an answer said that is no success.
  private(set) var body: [UInt8] = []
  private(set) var failure: HTTPError?
  /// Bytes in the file.
  private(set) var count: Int
  /// Bytes that the whole has, where the server says so.
  private(set) var total: Int?
  /// What is written.
  let file: PartialFile
  private let limit: Int
  private let watch: HTTPWatch
  private var isWriting = false

  private static let longestRefusal = 1 << 16

  init(_ file: PartialFile, limit: Int, _ watch: HTTPWatch) {
    self.file = file
    self.limit = limit
    self.watch = watch
    count = file.count
  }

  func begin(_ head: HTTPHead) -> Bool {
    self.head = head
    guard head.status == 200 || head.status == 206 else { return true }
    isWriting = true
    let length = head.headers["content-length"].flatMap { Int($0) }
    if head.status == 206 {
      let range = ContentRange(head.headers["content-range"] ?? "")
      guard let range, range.start == count else {
        return fail(.unlike("the server sent another part than was asked for"))
      }
      total = range.total
    } else {
      guard file.restart(validator: Self.validator(head)) else { return fail(.file(SystemWords.last)) }
      count = 0
      // What comes packed has another length when it is unpacked.
      total = head.headers["content-encoding"] == nil ? length : nil
    }
    if let total, total > limit { return fail(.tooLarge(limit: limit, said: total)) }
    return true
  }

  /// What tells that the whole is still the same: a strong tag, else the time of its last change.
  private static func validator(_ head: HTTPHead) -> String? {
    if let tag = head.headers["etag"], !tag.hasPrefix("W/") { return tag }
    return head.headers["last-modified"]
  }

  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard isWriting else {
      body += bytes.prefix(Self.longestRefusal - body.count)
      return true
    }
    guard count + bytes.count <= limit else { return fail(.tooLarge(limit: limit, said: nil)) }
    guard file.write(bytes) else { return fail(.file(SystemWords.last)) }
    count += bytes.count
    return true
  }

  func goOn() -> Bool { watch.received(count, total) && watch.goesOn() ? true : fail(.cancelled) }

  private func fail(_ error: HTTPError) -> Bool {
    failure = failure ?? error
    return false
  }
}

/// `bytes 7-11/12`.
struct ContentRange: Equatable {
  let start: Int?
  let total: Int?

  init?(_ text: String) {
    guard text.hasPrefix("bytes ") else { return nil }
    let sides = text.dropFirst(6).split(separator: "/")
    guard sides.count == 2 else { return nil }
    start = sides[0].split(separator: "-").first.flatMap { Int($0) }
    total = Int(sides[1])
  }
}

/// A file that is not whole yet: `name.part`, and beside it what tells that the rest would still fit.
final class PartialFile {
  private let path: String
  private var descriptor: Int32 = -1
  /// What tells that the whole is still the same; nil where nothing does, and then it begins anew.
  private(set) var validator: String?
  /// Bytes that are there.
  private(set) var count = 0

  private var part: String { path + ".part" }
  private var tag: String { path + ".tag" }

  /// Takes up what is there of a file.
  init(_ path: String) throws(HTTPError) {
    self.path = path
    validator = RegularFile.text(path + ".tag", limit: 4096)
    descriptor = open(path + ".part", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(SystemWords.last) }
    count = Int(lseek(descriptor, 0, SEEK_END))
    if validator == nil || count < 0 { guard restart(validator: nil) else { throw .file(SystemWords.last) } }
  }

  deinit { close(descriptor) }

  /// Begins anew; false, with `errno` set, where the system refuses.
  func restart(validator: String?) -> Bool {
    unlink(tag)
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { return false }
    count = 0
    self.validator = validator
    guard let validator else { return true }
    return Array(validator.utf8).withUnsafeBytes { FileWriting.replace(tag, by: $0) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard FileWriting.write(bytes, to: descriptor) else { return false }
    count += bytes.count
    return true
  }

  /// Gives the whole its name.
  func finish() throws(HTTPError) {
    guard rename(part, path) == 0 else { throw .file(SystemWords.last) }
    unlink(tag)
  }

  /// Takes away what is there.
  func discard() {
    unlink(part)
    unlink(tag)
  }
}
