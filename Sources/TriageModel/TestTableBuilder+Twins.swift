/// Finds the test of an earlier report that a report of another format calls by another name of the same words:
/// `tests.unit.test_a.TestX` and `tests/unit/test_a.py::TestX`, `cart adds` and `src/cart.test.js` `cart > adds`.
extension TestTableBuilder {
  /// Tests by what is left of their names without punctuation.
  struct Twins: Sendable {
    /// The first namesake of each name; `TestTable.none` where several tests share it.
    fileprivate var tests: [Int: UInt32] = [:]
  }

  /// The test that a record is about, by another name, of those that the reports before told of.
  mutating func twin(of record: AttemptRecord) -> UInt32? {
    if twins == nil { twins = indexed() }
    guard let found = twins?.tests[words(of: table.suites[Int(record.suite.index)], record.name)],
      found != TestTable.none
    else { return nil }
    return found
  }

  private func indexed() -> Twins {
    var twins = Twins()
    let ofTests = table.kinds.map(\.isOfTests)
    for test in 0..<table.tests.count {
      let row = table.tests[test]
      guard row.report != current, ofTests[Int(row.kind)],
        isCompanion || table.reports[Int(row.report)].folder == report.folder
      else {
        continue
      }
      let suite = table.suites[Int(row.suite)]
      insert(words(of: suite, row.name), UInt32(test), &twins)
      let file = table.fileRef(of: TestIndex(test))
      if !file.isEmpty { insert(words(of: file, suite, row.name), UInt32(test), &twins) }
    }
    return twins
  }

  private func insert(_ key: Int, _ test: UInt32, _ twins: inout Twins) {
    guard let known = twins.tests[key] else {
      twins.tests[key] = test
      return
    }
    if known == TestTable.none || known == test { return }
    let (first, second) = (table.tests[Int(known)], table.tests[Int(test)])
    // Namesakes are one name.
    if first.suite != second.suite || !isSameText(first.name, second.name) { twins.tests[key] = TestTable.none }
  }

  private func isSameText(_ left: TextRef, _ right: TextRef) -> Bool {
    table.text.withBytes(of: left) { left in table.text.withBytes(of: right) { left.elementsEqual($0) } }
  }

  /// A hash of the letters and digits of texts, in lower case; a file's ending is no part of them.
  private func words(of texts: TextRef...) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for text in texts { table.text.withBytes(of: text) { Self.add($0, to: &hash) } }
    return Int(truncatingIfNeeded: hash)
  }

  private static func add(_ bytes: UnsafeRawBufferPointer, to hash: inout UInt64) {
    let isPath = bytes.contains(0x2F)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x2E, isPath, let end = endOfEnding(bytes, index) {
        index = end
        continue
      }
      index += 1
      let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
      guard isLetter || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80 else { continue }
      hash = (hash ^ UInt64(isLetter ? byte | 0x20 : byte)) &* 0x100_0000_01B3
    }
  }

  /// The place behind a file's ending that begins here: `.py` before `::` or at the end.
  private static func endOfEnding(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    var end = start + 1
    while end < bytes.count, end - start < 6, bytes[end] | 0x20 >= 0x61, bytes[end] | 0x20 <= 0x7A { end += 1 }
    guard end > start + 1, end == bytes.count || bytes[end] == 0x3A || bytes[end] == 0x20 else { return nil }
    return end
  }
}
