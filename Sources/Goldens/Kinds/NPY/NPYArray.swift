/// An array of an NPY file (versions 1 to 3): its header, and its elements where they lie.
struct NPYArray: Sendable {
  /// The whole file.
  let bytes: [UInt8]
  /// Where the first element lies.
  private(set) var start = 0
  private(set) var shape: [Int] = []
  private(set) var isFortran = false
  private(set) var fields: [NPYField] = []
  /// Bytes of an element.
  private(set) var size = 0
  /// The dtype as written.
  private(set) var type = ""
  private(set) var count = 0
  /// Columns that a table has at most; arrays with a longer last axis are one column.
  private static let columnLimit = 4_096

  /// Reads the header and checks that the file holds what it claims.
  init(_ bytes: [UInt8]) throws(GoldenError) {
    self.bytes = bytes
    let header = try readHeader()
    guard let descr = header["descr"], case .bool(let isFortran)? = header["fortran_order"],
      case .tuple(let dimensions)? = header["shape"]
    else { throw .malformed("its header lacks descr, fortran_order or shape") }
    (fields, size, type) = try NPYDescription.read(descr)
    self.isFortran = isFortran
    shape = try Self.shape(dimensions)
    count = try Self.product(shape, of: size, within: bytes.count - start)
    let held = bytes.count - start
    guard count * size == held else {
      throw .malformed("shape \(Self.name(shape)) of \(type) is \(count * size) bytes, and the file holds \(held)")
    }
  }

  private mutating func readHeader() throws(GoldenError) -> PythonLiteral {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 10 else {
      throw .malformed("it does not begin as NPY does")
    }
    let version = bytes[6]
    guard version >= 1, version <= 3 else { throw .unsupported("NPY version \(version)") }
    let width = version == 1 ? 2 : 4
    guard bytes.count >= 8 + width else { throw .malformed("the file ends in its header") }
    let length = (0..<width).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    start = 8 + width + length
    guard start <= bytes.count else { throw .malformed("the file ends in its header") }
    guard length <= 1 << 20 else { throw .limit("a header of more than 1 MiB (limit)") }
    var reader = PythonLiteralReader(bytes[8 + width..<start])
    return try reader.read()
  }

  private static func shape(_ items: [PythonLiteral]) throws(GoldenError) -> [Int] {
    guard items.count <= 32 else { throw .limit("more than 32 axes (limit)") }
    var shape: [Int] = []
    for item in items {
      guard case .integer(let length) = item, length >= 0 else { throw .malformed("its shape has a length below 0") }
      shape.append(length)
    }
    return shape
  }

  /// The number of elements; an error when that overflows or is more than the file can hold.
  private static func product(_ shape: [Int], of size: Int, within held: Int) throws(GoldenError) -> Int {
    if shape.contains(0) { return 0 }
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow, product <= held / size else {
        throw .malformed("shape \(name(shape)) is more than the file holds (\(held) bytes)")
      }
      count = product
    }
    return count
  }

  /// A shape as Python writes it: `(40,)`.
  static func name(_ shape: [Int]) -> String {
    shape.count == 1 ? "(\(shape[0]),)" : "(" + shape.map(String.init).joined(separator: ", ") + ")"
  }
}

// MARK: - As a table

extension NPYArray {
  /// Elements of a row: the last axis of arrays of two and more, else one.
  var width: Int {
    guard count > 0, shape.count >= 2, let last = shape.last, last * fields.count <= Self.columnLimit else { return 1 }
    return last
  }

  /// Rows: all axes but the one that makes the columns.
  var height: Int { count / max(1, width) }

  /// Where an element begins, counted in C order; `index` is below `count`.
  func place(of index: Int) -> Int {
    guard isFortran, shape.count > 1 else { return start + index * size }
    var rest = index
    var place = 0
    // C order counts the last axis fastest, Fortran order the first.
    var stride = count
    for length in shape.reversed() {
      stride /= max(1, length)
      place += rest % max(1, length) * stride
      rest /= max(1, length)
    }
    return start + place * size
  }

  /// The indices of an element: `[3, 4]`, of a row without the last.
  func indices(_ index: Int, axes: Int) -> String {
    var rest = index
    var parts: [Int] = []
    for length in shape.prefix(axes).reversed() {
      parts.append(rest % max(1, length))
      rest /= max(1, length)
    }
    return "[" + parts.reversed().map(String.init).joined(separator: ", ") + "]"
  }

  /// How a place of one element is named, with its field.
  func name(of index: Int, field: Int) -> String {
    let place = shape.isEmpty ? "" : indices(index, axes: shape.count)
    let name = fields.indices.contains(field) ? fields[field].name : ""
    return name.isEmpty ? place : place + "." + name
  }

  /// The label of a row.
  func label(_ row: Int) -> String {
    if shape.isEmpty { return "" }
    let hasColumns = shape.count >= 2 && width == shape[shape.count - 1]
    return indices(row, axes: hasColumns ? shape.count - 1 : shape.count)
  }
}
