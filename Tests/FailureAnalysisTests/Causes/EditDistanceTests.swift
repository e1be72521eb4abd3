@testable import FailureAnalysis
import TestSupport
import Testing

struct EditDistanceTests {
  /// The whole table, as in every textbook.
  private func plain(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (line, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in right.indices {
        let value = min(diagonal + (byte == right[column] ? 0 : 1), row[column] + 1, row[column + 1] + 1)
        diagonal = row[column + 1]
        row[column + 1] = value
      }
    }
    return row[right.count]
  }

  /// A text of few letters, and the same after some edits.
  private func pair(_ length: Int, edits: Int, _ random: inout Seeded) -> ([UInt8], [UInt8]) {
    let left = (0..<length).map { _ in UInt8.random(in: 97...102, using: &random) }
    var right = left
    for _ in 0..<edits {
      let place = Int.random(in: 0...right.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: right.insert(UInt8.random(in: 97...102, using: &random), at: place)
      case 1 where place < right.count: right.remove(at: place)
      case 2 where place < right.count: right[place] = UInt8.random(in: 97...102, using: &random)
      default: break
      }
    }
    return (left, right)
  }

  @Test func theBandFindsWhatTheWholeTableSays() {
    var random = Seeded(state: 3)
    var distance = EditDistance()
    for round in 0..<400 {
      let length = Int.random(in: 0...300, using: &random)
      let (left, right) = pair(length, edits: round % 40, &random)
      let expected = plain(left, right)
      for limit in [expected - 1, expected, expected + 1, expected + 70, length] {
        let found = distance.bounded(left, right, limit: limit)
        #expect(found == (expected <= limit ? expected : nil), "\(left) \(right) within \(limit)")
      }
    }
  }

  @Test func sketchesNeverSayMoreThanTheDistance() {
    var random = Seeded(state: 4)
    for round in 0..<60 {
      let (left, right) = pair(500 + round, edits: round, &random)
      let distance = plain(left, right)
      #expect(TextSketch(left).distance(to: TextSketch(right)) <= distance)
      if let one = FineSketch(left), let other = FineSketch(right) { #expect(one.distance(to: other) <= distance) }
    }
  }
}
