internal import SafeText
package import TriageModel

/// A run as it is added: what tells it apart, and a row a result.
package struct RunContent: Sendable {
  /// One result.
  package struct Row: Sendable, Equatable {
    /// How it ended.
    package var outcome: Outcome
    /// The packed attempts; nil when the outcome tells them.
    package var attempts: Int64?
    /// Tenths of milliseconds; nil when unknown.
    package var duration: Int64?
    /// The key of what the first failing attempt said.
    package var signature: SignatureKey?
    /// The place in `legs`.
    package var leg: Int32

    /// A result.
    package init(
      outcome: Outcome, attempts: Int64? = nil, duration: Int64? = nil, signature: SignatureKey? = nil, leg: Int32 = 0
    ) {
      self.outcome = outcome
      self.attempts = attempts
      self.duration = duration
      self.signature = signature
      self.leg = leg
    }
  }

  /// What a row that is no test has besides.
  package struct Item: Sendable, Equatable {
    /// The word of its kind.
    package var kind: String
    /// The number that it is known by over runs.
    package var measure: Double?

    /// An item of a kind.
    package init(kind: String, measure: Double? = nil) {
      self.kind = kind
      self.measure = measure
    }
  }

  /// What a failure of a signature said, kept once.
  package struct SignatureText: Sendable, Equatable {
    /// One line.
    package var title: String
    /// An example in full, cut with a note.
    package var text: String

    /// A title and an example.
    package init(title: String, text: String) {
      self.title = title
      self.text = text
    }
  }

  /// What is known besides the results; `key` and `counts` are the store's to give.
  package var record: RunRecord
  /// When another store got it, of a run that was exported there: where it stands when it names no time.
  package var received: Timestamp?
  /// The results.
  package var rows = RunRows()
  /// What the rows that are no tests have besides, by row.
  package var items: [Int: Item] = [:]
  /// What its failures were called in another store, by the tests' names, of a run that was exported there.
  package var verdicts: [String: Verdict.Label] = [:]
  /// The legs that rows name; the first is the empty one.
  package var legs = [""]
  /// The texts of the signatures that rows name.
  package var signatures: [SignatureKey: SignatureText] = [:]
  /// The signatures among them whose keys an older masking made, in an export.
  package var olderKeys: Set<SignatureKey> = []
  /// Calls its argument with the bytes of a row's test: the stable name.
  package var withName: @Sendable (Int, (UnsafeRawBufferPointer) -> Void) -> Void

  /// A run without results.
  package init(
    record: RunRecord, withName: @escaping @Sendable (Int, (UnsafeRawBufferPointer) -> Void) -> Void
  ) {
    self.record = record
    self.withName = withName
  }

  /// Seconds in the store's unit; nil for what is no time.
  package static func units(_ seconds: Double?) -> Int64? {
    guard let seconds, seconds.isFinite, seconds >= 0, seconds < 1e9 else { return nil }
    return Int64((seconds * 10_000).rounded())
  }
}

extension RunContent {
  /// The rows as entries, in order of the hashes of their names, which `repository` seeds.
  func entries(of repository: Int64) -> [RunEntry] {
    var entries: [RunEntry] = []
    entries.reserveCapacity(rows.count)
    for row in rows.indices {
      withName(row) { bytes in
        var hash = NameHash(seed: repository)
        hash.add(bytes)
        entries.append(RunEntry(hash: hash.value, row: Int32(clamping: row)))
      }
    }
    entries.sort { ($0.hash, $0.row) < ($1.hash, $1.row) }
    return entries
  }

  /// Gives each entry its leg; tests of one name and leg are numbered from the second on, in the order of the run.
  ///
  /// - Parameter legNumber: Finds the number of a leg in the store, or makes one.
  func giveLegs(_ entries: inout [RunEntry], _ legNumber: (String) throws -> Int32) rethrows {
    let names = (legs.isEmpty ? [""] : legs).map { record.fullName(ofLeg: $0) }
    var firsts = [Int32?](repeating: nil, count: names.count)
    var numbers: [String: Int32] = [:]
    var taken: Set<Int32> = []
    var counts: [Int32: Int] = [:]
    for place in entries.indices {
      let leg = min(max(0, Int(rows[Int(entries[place].row)].leg)), names.count - 1)
      let first = try firsts[leg] ?? legNumber(names[leg])
      firsts[leg] = first
      if place == 0 || entries[place - 1].hash != entries[place].hash {
        let isAlone = place + 1 == entries.count || entries[place + 1].hash != entries[place].hash
        if isAlone {
          entries[place].leg = first
          continue
        }
        taken.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
      }
      // A leg may be called as another's second would be: then the next number is tried.
      var number: Int32
      repeat {
        let count = (counts[first] ?? 0) + 1
        counts[first] = count
        let full = LegName.numbered(names[leg], count)
        number = try count == 1 ? first : numbers[full] ?? legNumber(full)
        if count > 1 { numbers[full] = number }
      } while !taken.insert(number).inserted
      entries[place].leg = number
    }
  }

  /// What the store keeps of entries that have their tests and legs.
  func results(_ entries: [RunEntry]) -> RunResults { RunResults(entries: entries, rows: rows) }
}

extension RunRecord {
  /// The name of a leg of this run with the labels of the run.
  fileprivate func fullName(ofLeg text: String) -> String {
    if labels.isEmpty { return text }
    let leg = LegName(text: text)
    return leg.with(labels).text
  }

  /// Where it stands in time: when it began, but when it was received where its clock is wrong, which a time before
  /// 1970 and one more than a day after it was received are. In milliseconds since 1970.
  func time(received: Timestamp) -> Int64 {
    guard let startedAt, startedAt.milliseconds >= 0, startedAt.milliseconds - 86_400_000 <= received.milliseconds
    else { return received.milliseconds }
    return startedAt.milliseconds
  }
}

extension StoredResult {
  /// The result as others see it; `leg` is what its leg is called in the run.
  func record(of run: RunKey, leg: String) -> ResultRecord {
    ResultRecord(
      run: run, outcome: outcome, attempts: AttemptPack.unpack(attempts, of: outcome),
      duration: duration.map { Double($0) / 10_000 }, signature: signature.map { SignatureKey(UInt64(bitPattern: $0)) },
      leg: leg)
  }
}

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
    for test in table.reviewItems {
      let measure = table.measure(of: test)?.value
      items[Int(test.value)] = Item(
        kind: table.kind(of: test).word, measure: measure.flatMap { $0.isFinite ? $0 : nil })
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
