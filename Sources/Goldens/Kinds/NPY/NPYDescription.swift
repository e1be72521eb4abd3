/// A dtype as a header writes it, as fields.
enum NPYDescription {
  /// Fields of a structure that are read at most.
  private static let fieldLimit = 1_000

  /// The fields, an element's size in bytes, and the name for titles.
  static func read(_ literal: PythonLiteral) throws(GoldenError) -> (fields: [NPYField], size: Int, name: String) {
    switch literal {
    case .string(let text):
      let fields = try scalar(text, name: "")
      return (fields, fields.reduce(0) { $0 + $1.size }, text)
    case .list(let items): return try structure(items)
    case .dictionary, .tuple, .integer, .bool, .none: throw .malformed("its dtype is no string and no list")
    }
  }

  private static func structure(
    _ items: [PythonLiteral]
  ) throws(GoldenError) -> (fields: [NPYField], size: Int, name: String) {
    guard items.count <= fieldLimit else { throw .limit("more than \(fieldLimit) fields (limit)") }
    var fields: [NPYField] = []
    var size = 0
    for item in items {
      guard case .tuple(let parts) = item, parts.count >= 2, case .string(let name) = parts[0] else {
        throw .malformed("a field of its dtype is no (name, type)")
      }
      guard parts.count == 2, case .string(let text) = parts[1] else {
        throw .unsupported("field \(name) of its dtype is a structure or an array, which is not read")
      }
      for var field in try scalar(text, name: name) {
        field.offset += size
        fields.append(field)
      }
      size += try scalar(text, name: name).reduce(0) { $0 + $1.size }
    }
    guard !fields.isEmpty else { throw .unsupported("a dtype without fields") }
    return (fields, size, "\(items.count) fields")
  }

  /// One or, for complex numbers, two fields. Empty names are padding between fields and are compared as bytes.
  private static func scalar(_ text: String, name: String) throws(GoldenError) -> [NPYField] {
    var rest = Substring(text)
    var isBig = false
    if let order = rest.first, "<>|=".contains(order) {
      isBig = order == ">"
      rest = rest.dropFirst()
    }
    guard let letter = rest.first else { throw .malformed("an empty dtype") }
    if letter == "O" { throw .unsafe("its elements are Python objects (dtype O): a pickle, which is never loaded") }
    let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0, number < 1 << 28 else {
      throw .unsupported("dtype \(text.prefix(40)), which is not read")
    }
    let isWhole = digits.count == rest.count - 1
    func field(_ kind: NPYField.Kind, _ size: Int) -> [NPYField] {
      [NPYField(name: name, kind: kind, size: size, isBigEndian: isBig)]
    }
    switch (letter, number) {
    case ("b", 1), ("?", 1): return field(.bool, 1)
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): return field(.signed, number)
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): return field(.unsigned, number)
    case ("f", 2): return field(.float16, 2)
    case ("f", 4): return field(.float32, 4)
    case ("f", 8): return field(.float64, 8)
    case ("c", 8), ("c", 16): return complex(name, number / 2, isBig)
    // Days, seconds and their kin are whole numbers; the unit stands in the title.
    case ("M", 8), ("m", 8): return field(.signed, 8)
    case ("U", _) where isWhole: return field(.unicode, number * 4)
    case ("S", _) where isWhole, ("a", _) where isWhole: return field(.bytes, number)
    case ("V", _) where isWhole && !name.isEmpty: return field(.bytes, number)
    default: throw .unsupported("dtype \(text.prefix(40)), which is not read")
    }
  }

  private static func complex(_ name: String, _ half: Int, _ isBig: Bool) -> [NPYField] {
    let kind = half == 4 ? NPYField.Kind.float32 : .float64
    let prefix = name.isEmpty ? "" : name + "."
    return [
      NPYField(name: prefix + "re", kind: kind, size: half, isBigEndian: isBig),
      NPYField(name: prefix + "im", kind: kind, offset: half, size: half, isBigEndian: isBig),
    ]
  }
}
