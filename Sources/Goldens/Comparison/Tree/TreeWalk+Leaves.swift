internal import DataSyntax
internal import TriageModel

extension TreeWalk {
  /// Two numbers: the same, the same written otherwise, within the tolerance, or changed.
  mutating func number(_ left: Int, _ right: Int, _ place: Place) -> Bool {
    let texts = (expected.text(left), actual.text(right))
    let areIntegers = TreeNumber.isInteger(texts.0) && TreeNumber.isInteger(texts.1)
    let values = (TreeNumber.double(texts.0), TreeNumber.double(texts.1))
    if areIntegers ? TreeNumber.areSameIntegers(texts.0, texts.1) : areSame(values, texts) {
      if !ByteRuns.areEqual(texts.0, texts.1) { found.rewritten += 1 }
      return false
    }
    if values.0.isNaN || values.1.isNaN || values.0 == values.1 {
      // Not a number on one side, or a difference that a double cannot hold.
      found.changed += 1
      if values.1.isNaN, !values.0.isNaN {
        found.nanBorn += 1
        found.intolerable += 1
      } else {
        found.countOther()
      }
      append(left, right, place, .changed)
      return true
    }
    let type = areIntegers ? NumberType.integer : .float64
    let isTolerated = options.tolerance.accepts(expected: values.0, actual: values.1, type: type)
    if isTolerated { found.tolerated += 1 } else { found.changed += 1 }
    append(left, right, place, isTolerated ? .tolerated : .changed)
    found.numbers.append(
      expected: values.0, actual: values.1, place: entries.count - 1, column: column(left, place, type))
    return true
  }

  /// Two strings or two words of the syntax.
  mutating func word(_ left: Int, _ right: Int, _ place: Place) -> Bool {
    let texts = (expected.text(left), actual.text(right))
    if ByteRuns.areEqual(texts.0, texts.1) { return false }
    if expected.kind(left) == .string, Self.decoded(texts.0).elementsEqual(Self.decoded(texts.1)) {
      found.rewritten += 1
      return false
    }
    if expected.kind(left) == .literal, texts.0.first == 0x6E || texts.1.first == 0x6E {
      // null to true is another type, no renaming.
      found.changed += 1
      found.countOther()
    } else {
      found.countWord(texts.0, texts.1)
    }
    append(left, right, place, .changed)
    return true
  }

  /// Equal as numbers; infinities from too many digits are not known to be.
  private func areSame(
    _ values: (Double, Double), _ texts: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>)
  ) -> Bool {
    if values.0.isNaN, values.1.isNaN { return true }
    guard values.0 == values.1 else { return false }
    if values.0.isFinite || ByteRuns.areEqual(texts.0, texts.1) { return true }
    let areWords = !texts.0.contains { $0 >= 0x30 && $0 <= 0x39 } && !texts.1.contains { $0 >= 0x30 && $0 <= 0x39 }
    return areWords
  }

  /// The bytes that the inside of a string stands for.
  static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard text.contains(0x5C) else { return Array(text) }
    var tokenizer = JSONTokenizer(Array(text))
    guard (try? tokenizer.next()) != nil else { return Array(text) }
    var bytes: [UInt8] = [0x22]
    tokenizer.appendText(to: &bytes)
    bytes.append(0x22)
    return bytes
  }
}

// MARK: - Columns

extension TreeWalk {
  /// Columns that are told apart; the last takes all further ones.
  static let columnLimit = 1_000
  /// What stands for any index in a pattern.
  static let wildcard: UInt64 = 0x2A

  /// The column of a number: one for each path with its indices left out.
  private mutating func column(_ node: Int, _ place: Place, _ type: NumberType) -> Int {
    var hash = Self.hash(0, expected, node, isElement: place.expected >= 0)
    var parent = Int(place.parent)
    while parent > 0 {
      let entry = entries[parent]
      hash = Self.hash(hash, expected, Int(entry.expected), isElement: entry.expectedPosition >= 0)
      parent = Int(entry.parent)
    }
    if let known = found.columns[hash] {
      if type != .integer { found.numbers.types[known] = type }
      return known
    }
    guard found.columns.count < Self.columnLimit else {
      if type != .integer { found.numbers.types[Self.columnLimit - 1] = type }
      return Self.columnLimit - 1
    }
    let column = found.columns.count
    found.columns[hash] = column
    found.numbers.types.append(type)
    found.columnNames.append(pattern(node, place))
    return column
  }

  /// Mixes the next step, from the leaf to the root, into a pattern's hash.
  static func hash(_ hash: UInt64, _ view: TreeView, _ node: Int, isElement: Bool) -> UInt64 {
    ByteRuns.mix(hash &* 31 &+ (isElement ? wildcard : ByteRuns.hash(view.key(node))))
  }

  private func pattern(_ node: Int, _ place: Place) -> String {
    func step(_ node: Int, isElement: Bool) -> String {
      isElement ? "[*]" : "." + String(decoding: expected.key(node).prefix(80), as: UTF8.self)
    }
    if place.parent < 0 { return "$" }
    var steps = [step(node, isElement: place.expected >= 0)]
    var parent = Int(place.parent)
    while parent > 0 {
      let entry = entries[parent]
      steps.append(step(Int(entry.expected), isElement: entry.expectedPosition >= 0))
      parent = Int(entry.parent)
    }
    return "$" + steps.reversed().joined()
  }
}
