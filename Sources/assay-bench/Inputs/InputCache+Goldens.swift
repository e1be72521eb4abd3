/// Pairs of goldens.
extension InputCache {
  /// Two tables of so many rows, of which such a part of the numbers changed.
  func tables(_ rows: Int, changed percent: Int) throws -> (expected: String, actual: String) {
    let folder = "tables-\(rows)-\(percent)"
    func side(_ name: String, changes: Bool) throws -> String {
      try file("\(folder)/\(name).csv") { file in
        var (random, choice) = (Seeded(11), Seeded(13))
        file.append("id,customer,amount,score,share\n")
        for row in 0..<rows {
          let (amount, score) = (random.next(1_000_000), random.next(1_000_000))
          let isChanged = choice.next(100) < percent && changes
          file.append("\(row),customer-\(random.next(50_000)),\(amount / 100).\(10 + amount % 90),")
          file.append("0.\(100_000 + score % 900_000),\(isChanged ? "1" : "0").\(1000 + score % 9000)\n")
        }
      }
    }
    return (try side("expected", changes: false), try side("actual", changes: true))
  }

  /// Two JSON documents of so many objects, of which a hundredth changed.
  func documents(_ objects: Int) throws -> (expected: String, actual: String) {
    func side(_ name: String, changes: Bool) throws -> String {
      try file("documents-\(objects)/\(name).json") { file in
        var (random, choice) = (Seeded(17), Seeded(19))
        file.append("[\n")
        for object in 0..<objects {
          let (isChanged, zip) = (choice.next(100) == 0 && changes, 10_000 + choice.next(80_000))
          file.append(object == 0 ? "" : ",\n")
          file.append("  {\"id\": \(object), \"name\": \"customer-\(random.next(50_000))\", \"active\": true, ")
          file.append("\"amount\": \(random.next(100_000)).5, \"tags\": [\"a\", \"b\(random.next(9))\"], ")
          file.append("\"address\": {\"city\": \"city-\(random.next(900))\", \"zip\": \(isChanged ? 1 : zip)}}")
        }
        file.append("\n]\n")
      }
    }
    return (try side("expected", changes: false), try side("actual", changes: true))
  }
}
