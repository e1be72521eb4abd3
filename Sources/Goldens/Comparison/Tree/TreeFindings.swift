internal import TriageModel

/// What a walk over two trees found.
struct TreeFindings {
  var changed = 0
  var tolerated = 0
  var removed = 0
  var added = 0
  var moved = 0
  /// Numbers that became NaN or a word for *nothing*; those that became infinite are among `numbers`.
  var lost = LostNumbers()
  /// Numbers in whose place NaN or a word for *nothing* stood.
  var regained = 0
  /// Changed words of which nobody can see how they differ.
  var unseen = UnseenTally()
  /// Differences that no tolerance accepts, those of words and NaN among them.
  var intolerable = 0
  /// Those of them that are neither words nor NaN.
  var others = 0
  /// Differences that rules set aside, by the rule's place.
  var setAside: [Int: Int] = [:]
  /// Values that are the same and written otherwise.
  var rewritten = 0
  /// Objects whose keys stand in another order.
  var reordered = 0
  /// Changed words.
  var words = WordTally()
  var numbers = NumberDifferences(types: [])
  /// The column of each pattern of a path (`$.scores[*]`), by its hash.
  var columns: [UInt64: Int] = [:]
  var columnNames: [String] = []
  /// What a person should know, a sentence each.
  var remarks: [String] = []
  /// Whether an alignment reached its limit of steps.
  var isLimited = false

  /// Counts a change that no tolerance accepts and that is no word.
  mutating func countOther() {
    intolerable += 1
    others += 1
  }

  /// Counts a word.
  mutating func countWord(_ expected: UnsafeBufferPointer<UInt8>, _ actual: UnsafeBufferPointer<UInt8>) {
    changed += 1
    intolerable += 1
    words.add(WordTally.Pair(expected: Array(expected.prefix(200)), actual: Array(actual.prefix(200))))
  }

  /// Says something once, however often it is found, up to twenty such things.
  mutating func remark(_ sentence: String) {
    if remarks.count < 20, !remarks.contains(sentence) { remarks.append(sentence) }
  }
}
