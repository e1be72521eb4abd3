internal import CPQ

/// The rows that a statement gave, in the binary form.
final class PostgresRows: Sequence {
  private let result: OpaquePointer
  let count: Int
  /// How many rows the statement changed.
  let changed: Int

  /// Takes the answer over.
  init(_ result: OpaquePointer) {
    self.result = result
    count = Int(pq_library_count(result))
    changed = Int(pq_library_changed(result))
  }

  deinit { pq_library_clear(result) }

  /// A row, counted from 0.
  subscript(row: Int) -> PostgresRow { PostgresRow(rows: self, row: Int32(clamping: row)) }

  var first: PostgresRow? { count > 0 ? self[0] : nil }

  func makeIterator() -> AnyIterator<PostgresRow> {
    var place = 0
    return AnyIterator { [self] in
      guard place < count else { return nil }
      defer { place += 1 }
      return self[place]
    }
  }

  /// The bytes of a value, which live as long as the rows do; nil for NULL.
  fileprivate func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
    var length: Int32 = 0
    guard let start = pq_library_value(result, row, column, &length) else { return nil }
    return UnsafeRawBufferPointer(start: start, count: Int(length))
  }
}

/// One of the rows; integers of any width, truth values and real numbers are read by their lengths.
struct PostgresRow: StoredRow {
  fileprivate let rows: PostgresRows
  fileprivate let row: Int32

  func optional(_ column: Int32) -> Int64? {
    guard let bytes = rows.bytes(row, column) else { return nil }
    return switch bytes.count {
    case 8: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
    case 4: Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
    case 2: Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
    case 1: Int64(bytes[0])
    default: nil
    }
  }

  func int(_ column: Int32) -> Int64 { optional(column) ?? 0 }

  func optionalText(_ column: Int32) -> String? {
    rows.bytes(row, column).map { String(decoding: $0, as: UTF8.self) }
  }

  func text(_ column: Int32) -> String { optionalText(column) ?? "" }

  /// A real number; nil for NULL.
  func optionalDouble(_ column: Int32) -> Double? {
    optional(column).map { Double(bitPattern: UInt64(bitPattern: $0)) }
  }
}
