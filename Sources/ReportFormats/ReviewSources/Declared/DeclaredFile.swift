internal import DataSyntax
package import TriageModel

/// A file whose meaning the repository's configuration declares: nothing in it tells.
package enum DeclaredFile {
  /// Bytes of such a file that are read: it holds figures, no data.
  package static let largest = 64 << 20
  /// Items of one file.
  static let mostItems = 100_000

  /// Why such a file gives no items. The text fits `could not read {path}: {error}`.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case tooLarge
    case unreadable(String)
    case noJSON(String)
    case noTable(String)
    /// Nothing in it is what it was declared to be.
    case nothing(String)

    package var description: String {
      switch self {
      case .tooLarge: "it is larger than \(CountText.bytes(DeclaredFile.largest))"
      case .unreadable(let words), .noJSON(let words), .noTable(let words): words
      case .nothing(let what): "it holds no \(what)"
      }
    }
  }

  /// The whole of a file.
  package static func bytes(of source: any ByteSource) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    do throws(ByteSourceError) {
      while true {
        let count = try source.read(into: block)
        if count == 0 { return bytes }
        bytes += UnsafeRawBufferPointer(rebasing: block[..<count])
        if bytes.count > largest { break }
      }
    } catch {
      throw .unreadable(error.description)
    }
    throw .tooLarge
  }

  static func json(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    do throws(JSONError) { return try JSONValue(parsing: bytes) } catch { throw .noJSON(error.cause.words) }
  }
}

extension JSONValue {
  /// A value on one line: a text, a number as it is written, `true`, `null`; others in short.
  var shortText: String {
    if let string { return string }
    if let double { return FigureText.of(double, digits: 15) }
    if let bool { return bool ? "true" : "false" }
    if let array { return "\(CountText.of(array.count, "element"))" }
    if let members { return "\(CountText.of(members.count, "field"))" }
    return "null"
  }

  /// What kind of value it is, for people.
  var typeWord: String {
    if string != nil { return "text" }
    if bool != nil { return "true or false" }
    if double != nil { return "number" }
    if array != nil { return "list" }
    return members != nil ? "object" : "null"
  }
}
