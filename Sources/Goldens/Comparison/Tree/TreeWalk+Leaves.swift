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
        found.lost.nan += 1
        found.intolerable += 1
      } else if values.0.isNaN, values.1.isFinite {
        found.regained += 1
        found.intolerable += 1
      } else {
        found.countOther()
      }
      append(left, right, place, .changed)
      return true
    }
    return judge(values, areIntegers ? .integer : .float64, left, right, place)
  }

  /// Two numbers that differ: within the tolerance, or changed.
  private mutating func judge(
    _ values: (Double, Double), _ type: NumberType, _ left: Int, _ right: Int, _ place: Place
  ) -> Bool {
    let isTolerated = options.tolerance.accepts(expected: values.0, actual: values.1, type: type)
    if isTolerated { found.tolerated += 1 } else { found.changed += 1 }
    append(left, right, place, isTolerated ? .tolerated : .changed)
    found.numbers.append(
      expected: values.0, actual: values.1, place: entries.count - 1, column: column(left, place, type))
    return true
  }

  /// A number and a value of another type: lost or regained where that is `null` or a word for *nothing*.
  mutating func mixed(_ left: Int, _ right: Int, _ place: Place) {
    found.changed += 1
    if let word = Self.missing(actual, right), Self.isFinite(expected, left) {
      found.lost.addMissing(word)
      found.intolerable += 1
    } else if Self.missing(expected, left) != nil, Self.isFinite(actual, right) {
      found.regained += 1
      found.intolerable += 1
    } else {
      found.countOther()
    }
    append(left, right, place, .changed)
  }

  private static func isFinite(_ view: TreeView, _ node: Int) -> Bool {
    view.kind(node) == .number && TreeNumber.double(view.text(node)).isFinite
  }

  /// The word for *nothing*, an infinity or NaN in quotation marks among them; nil for another value.
  private static func missing(_ view: TreeView, _ node: Int) -> String? {
    switch view.kind(node) {
    case .object, .array, .number: return nil
    case .literal:
      return MissingWord.isWhole(view.text(node)) || view.text(node).elementsEqual("~".utf8)
        ? String(decoding: view.text(node), as: UTF8.self) : nil
    case .string:
      let text = view.text(node)
      guard text.count >= 2, text.count <= 24 else { return nil }
      let inside = UnsafeBufferPointer(rebasing: text[1..<text.count - 1])
      let isWord = MissingWord.isWhole(inside) || NumberToken(inside).map { !$0.value.isFinite } ?? false
      return isWord ? String(decoding: inside, as: UTF8.self) : nil
    }
  }

  /// Two strings or two words of the syntax.
  mutating func word(_ left: Int, _ right: Int, _ place: Place) -> Bool {
    let texts = (expected.text(left), actual.text(right))
    if ByteRuns.areEqual(texts.0, texts.1) { return false }
    if expected.kind(left) == .string, Self.decoded(texts.0).elementsEqual(Self.decoded(texts.1)) {
      found.rewritten += 1
      return false
    }
    if expected.kind(left) == .string, let values = Self.measures(texts.0, texts.1) {
      if values.0.value == values.1.value {
        found.rewritten += 1
        return false
      }
      let isWhole = values.0.isWhole && values.1.isWhole
      return judge((values.0.value, values.1.value), isWhole ? .integer : .float64, left, right, place)
    }
    if expected.kind(left) == .literal, texts.0.first == 0x6E || texts.1.first == 0x6E {
      // null to true is another type, no renaming.
      found.changed += 1
      found.countOther()
    } else {
      let path = pattern(left, place)
      if found.unseen.add(texts.0, texts.1, place: path) {
        found.changed += 1
        found.intolerable += 1
      } else {
        found.countWord(texts.0, texts.1)
      }
    }
    append(left, right, place, .changed)
    return true
  }

  /// The numbers of two strings that are measures of one unit (`"12.5 ms"`); digits alone may be a code.
  private static func measures(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> (NumberToken, NumberToken)? {
    guard left.count > 3, right.count > 3,
      let first = CellMeasure(UnsafeBufferPointer(rebasing: left[1..<left.count - 1]), hasDecimalCommas: false),
      let second = CellMeasure(UnsafeBufferPointer(rebasing: right[1..<right.count - 1]), hasDecimalCommas: false),
      !first.unit.isEmpty, first.unit == second.unit
    else { return nil }
    return (first.number, second.number)
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
    ByteHash.mix(hash &* 31 &+ (isElement ? wildcard : ByteHash.of(view.key(node))))
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
