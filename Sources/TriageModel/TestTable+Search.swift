/// What a search over many tests reads: bytes where they lie, no strings.
extension TestTable {
  /// The tests that `isWanted` chooses by their suite and the bytes of their name, in the order given.
  ///
  /// - Parameter tests: Those to choose from; nil for all.
  package func tests(
    among tests: [TestIndex]?, where isWanted: (TestIndex, SuiteID, _ name: UnsafeRawBufferPointer) -> Bool
  ) -> [TestIndex] {
    var found: [TestIndex] = []
    let count = tests?.count ?? self.tests.count
    var place = 0
    while place < count {
      let first = self.tests[Int(tests?[place].value ?? UInt32(place))].name
      // Names lie in the order they were read: one chunk of text serves many of them.
      text.withChunk(of: first) { chunk in
        repeat {
          let test = tests?[place] ?? TestIndex(place)
          let row = self.tests[Int(test.value)]
          guard let name = chunk.bytes(of: row.name) else { return }
          if isWanted(test, SuiteID(index: row.suite), name) { found.append(test) }
          place += 1
        } while place < count
      }
    }
    return found
  }

  /// The file a report names for a test or its suite, as bytes in `text`; empty when no report names one.
  package func fileRef(of test: TestIndex) -> TextRef {
    var found = TextRef.empty
    forEachAttempt(of: test) { attempt in
      if found.isEmpty, attempt.extra != Self.none { found = extras[Int(attempt.extra)].file }
    }
    return found.isEmpty ? suiteSpan(of: test.value)?.file ?? .empty : found
  }

  /// Whether any short text of a test satisfies `isWanted`: types and messages of its failures, reasons of its skips.
  ///
  /// A failure without a message is asked for its details.
  package func hasMessage(_ test: TestIndex, where isWanted: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    var index = tests[Int(test.value)].firstAttempt
    while index != Self.none {
      let attempt = attempts[Int(index)]
      var failure = attempt.failure
      while failure != Self.none {
        let row = failures[Int(failure)]
        let message = row.record.message.isEmpty ? row.record.details : row.record.message
        if text.withBytes(of: message, isWanted) || text.withBytes(of: row.record.type, isWanted) { return true }
        failure = row.next
      }
      if attempt.extra != Self.none {
        let note = extras[Int(attempt.extra)].note
        if !note.isEmpty, text.withBytes(of: note, isWanted) { return true }
      }
      index = attempt.next
    }
    return false
  }

  /// Calls `body` with the long text of each failure of a test, oldest attempt first; with the short where there is no long.
  package func forEachFailureText(of test: TestIndex, _ body: (_ attempt: Int, _ text: TextRef) -> Void) {
    var number = 0
    forEachAttempt(of: test) { attempt in
      var index = attempt.failure
      while index != Self.none {
        let row = failures[Int(index)]
        body(number, row.record.details.isEmpty ? row.record.message : row.record.details)
        index = row.next
      }
      number += 1
    }
  }
}
