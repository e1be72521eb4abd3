internal import SafeText
package import TriageModel

extension RunContent {
  /// Bytes of a failure's text that are kept.
  static let longestText = 4096

  /// A loaded run; `signature` gives the key and the title of what a failing test's last attempt said.
  package init(_ run: Run, signature: (TestIndex) -> (key: SignatureKey, title: String)?) {
    let table = run.table
    self.init(record: RunRecord(run)) { row, body in Self.withName(of: TestIndex(row), in: table, body) }
    rows.reserveCapacity(table.count)
    var places: [String: Int32] = ["": 0]
    var known: [TestTable.LegKey: Int32] = [:]
    var last: (key: TestTable.LegKey, leg: Int32)?
    for place in 0..<table.count {
      let test = TestIndex(place)
      let key = table.legKey(of: test)
      let leg: Int32
      if let last, last.key == key {
        leg = last.leg
      } else if let found = known[key] {
        leg = found
      } else {
        leg = addLeg(of: test, in: run, key, &places)
        known[key] = leg
      }
      last = (key, leg)
      var row = Row(outcome: table.outcome(of: test), duration: Self.units(table.duration(of: test)), leg: leg)
      row.attempts = Self.attempts(of: test, in: table)
      if row.outcome.isFailing || row.attempts != nil, let found = signature(test) {
        row.signature = found.key
        if signatures[found.key] == nil {
          signatures[found.key] = SignatureText(title: found.title, text: Self.text(of: test, in: table))
        }
      }
      rows.append(row)
    }
  }

  /// The place in `legs` of a test's leg, named by all its labels: then it is the same whatever came with it.
  private mutating func addLeg(
    of test: TestIndex, in run: Run, _ key: TestTable.LegKey, _ places: inout [String: Int32]
  ) -> Int32 {
    var labels = run.table.labels(of: test).merging(run.info.labels) { _, known in known }
    if run.table.hasLikeLegs { labels["report"] = run.table.reports[key.report].path }
    let name = LegName(labels, mark: key.mark).text
    if let place = places[name] { return place }
    let place = Int32(clamping: legs.count)
    places[name] = place
    legs.append(name)
    return place
  }

  private static func attempts(of test: TestIndex, in table: TestTable) -> Int64? {
    let outcome = table.outcome(of: test)
    return table.hasSingleAttempt(test) ? nil : AttemptPack.pack(table.attemptOutcomes(of: test), of: outcome)
  }

  private static func withName(of test: TestIndex, in table: TestTable, _ body: (UnsafeRawBufferPointer) -> Void) {
    let suite = table.suiteRef(table.suite(of: test))
    let name = table.nameRef(of: test)
    withUnsafeTemporaryAllocation(byteCount: suite.count + 2 + name.count, alignment: 8) { buffer in
      var count = 0
      func copy(_ bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: bytes)
        count += bytes.count
      }
      if !suite.isEmpty {
        table.text.withBytes(of: suite, copy)
        buffer[count] = 0x3A
        buffer[count + 1] = 0x3A
        count += 2
      }
      table.text.withBytes(of: name, copy)
      let id = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      if let masked = StableName.of(id) { masked.withUnsafeBytes(body) } else { body(id) }
    }
  }

  private static func text(of test: TestIndex, in table: TestTable) -> String {
    let failures = table.attempts(of: test).first { $0.outcome.isFailing && !$0.failures.isEmpty }?.failures ?? []
    let whole = failures.map { failure in
      failure.details.contains(failure.message) ? failure.details : failure.message + "\n" + failure.details
    }.joined(separator: "\n")
    guard whole.utf8.count > longestText else { return whole }
    let head = String(decoding: whole.utf8.prefix(longestText / 2), as: UTF8.self)
    let tail = String(decoding: whole.utf8.suffix(longestText / 2), as: UTF8.self)
    return head + "\n[… \(whole.utf8.count - longestText) bytes are not kept …]\n" + tail
  }
}
