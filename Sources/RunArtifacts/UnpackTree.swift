internal import Foundation
internal import SystemKit

/// The folder an archive is unpacked into: makes files and folders that are new, private, and never behind a link.
final class UnpackTree {
  /// A file that was made, or why it was not.
  enum Made {
    case open(Int32)
    case problem(String)
  }

  /// The folder, an absolute path.
  let root: String
  private let rootDescriptor: Int32
  /// The folder of the file before: entries come sorted by folder.
  private var parent: (parts: ArraySlice<String>, descriptor: Int32)?

  /// Takes a folder that was made for this; nil when it cannot be opened.
  init?(root: String) {
    self.root = root
    rootDescriptor = Foundation.open(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if rootDescriptor < 0 { return nil }
  }

  deinit {
    if let parent { close(parent.descriptor) }
    close(rootDescriptor)
  }

  /// Makes a folder and those it lies in; the reason when it cannot be.
  func makeFolder(_ parts: ArraySlice<String>) -> String? {
    switch openFolder(parts) {
    case .open: nil
    case .problem(let reason): reason
    }
  }

  /// Makes an empty file for writing; the caller closes it.
  func makeFile(_ parts: [String]) -> Made {
    guard let name = parts.last else { return .problem("its name is empty") }
    switch openFolder(parts.dropLast()) {
    case .problem(let reason): return .problem(reason)
    case .open(let folder):
      let descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      return descriptor < 0 ? .problem(Self.words(errno)) : .open(descriptor)
    }
  }

  /// Opens a folder of the tree, making what is missing; the descriptor stays the tree's.
  private func openFolder(_ parts: ArraySlice<String>) -> Made {
    if parts.isEmpty { return .open(rootDescriptor) }
    if let parent, parent.parts == parts { return .open(parent.descriptor) }
    var current = rootDescriptor
    for part in parts {
      mkdirat(current, part, 0o700)
      let next = openat(current, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let code = errno
      if current != rootDescriptor { close(current) }
      if next < 0 { return .problem(Self.words(code)) }
      current = next
    }
    if let parent { close(parent.descriptor) }
    parent = (parts, current)
    return .open(current)
  }

  /// Gives a file the time its archive names: the time of the newest report can stand for the run's.
  static func setModified(_ descriptor: Int32, _ seconds: Int?) {
    guard let seconds, seconds > 0 else { return }
    let time = timespec(tv_sec: seconds, tv_nsec: 0)
    _ = withUnsafePointer(to: (time, time)) { pointer in
      pointer.withMemoryRebound(to: timespec.self, capacity: 2) { futimens(descriptor, $0) }
    }
  }

  private static func words(_ code: Int32) -> String {
    switch code {
    case EEXIST: "another entry has the same name"
    case ENOTDIR, ELOOP, EISDIR: "another entry is a file where this one needs a folder"
    default: SystemWords.of(code)
    }
  }
}

/// What is kept beside an unpacked archive: that it is complete, what was refused, what was lost.
///
/// As a file it is lines of tab-separated fields, a backslash before what would break them; it is written last,
/// so a folder without it was left by a crash.
struct UnpackRecord: Equatable {
  var refusals: [Refusal] = []
  var damage: String?

  private static let firstLine = "assay-unpacked 1"

  init() {}

  /// The record of an earlier unpacking; nil when the file is not whole.
  init?(text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == Self.firstLine[...], lines.popLast() == "" else { return nil }
    for line in lines.dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(Self.unescaped)
      switch (fields.first, fields.count) {
      case ("damage", 2): damage = fields[1]
      case ("refusal", 3): refusals.append(Refusal(path: fields[1], reason: fields[2]))
      default: return nil
      }
    }
  }

  /// The record as text, which `init(text:)` reads.
  var text: String {
    var lines = [Self.firstLine]
    if let damage { lines.append("damage\t" + Self.escaped(damage)) }
    for refusal in refusals {
      lines.append("refusal\t" + Self.escaped(refusal.path) + "\t" + Self.escaped(refusal.reason))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func escaped(_ field: String) -> String {
    var result = ""
    for scalar in field.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      // At a field's end it would be one Character with the line's end.
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func unescaped(_ field: Substring) -> String {
    var result = String.UnicodeScalarView()
    var scalars = field.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      switch scalars.next() {
      case "n": result.append("\n")
      case "r": result.append("\r")
      case "t": result.append("\t")
      case let other?: result.append(other)
      case nil: break
      }
    }
    return String(result)
  }
}
