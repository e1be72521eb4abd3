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
