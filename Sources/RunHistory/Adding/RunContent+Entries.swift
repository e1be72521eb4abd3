internal import TriageModel

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
  func results(_ entries: [RunEntry]) -> [StoredResult] {
    entries.map { entry in
      let row = rows[Int(entry.row)]
      return StoredResult(
        test: entry.test, leg: Int64(entry.leg), outcome: row.outcome, attempts: row.attempts, duration: row.duration,
        signature: row.signature.map { Int64(bitPattern: $0.value) })
    }
  }
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
  func place(received: Timestamp) -> Int64 {
    guard let startedAt, startedAt.milliseconds >= 0, startedAt.milliseconds - 86_400_000 <= received.milliseconds
    else { return received.milliseconds }
    return startedAt.milliseconds
  }
}

extension StoredResult {
  /// How results ended.
  static func counts(_ results: [StoredResult]) -> OutcomeCounts {
    var counts = OutcomeCounts()
    for result in results { counts[result.outcome] += 1 }
    return counts
  }

  /// The result as others see it; `leg` is what its leg is called in the run.
  func record(of run: RunKey, leg: String) -> ResultRecord {
    ResultRecord(
      run: run, outcome: outcome, attempts: AttemptPack.unpack(attempts, of: outcome),
      duration: duration.map { Double($0) / 10_000 }, signature: signature.map { SignatureKey(UInt64(bitPattern: $0)) },
      leg: leg)
  }
}
