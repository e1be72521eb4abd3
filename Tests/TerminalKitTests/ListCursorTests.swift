import TerminalKit
import Testing

@Suite struct ListCursorTests {
  @Test func theCursorIsAlwaysSeenAndAlwaysInTheList() {
    let steps = [1, 5, -7, Int.max / 2, -1, Int.min / 2, 3]
    for count in [0, 1, 2, 7, 40] {
      for height in 0...12 {
        for start in steps.indices {
          var cursor = ListCursor()
          for (turn, step) in (steps[start...] + steps[..<start]).enumerated() {
            if (turn + start) % 2 == 0 {
              cursor.move(by: step, count: count, height: height)
            } else {
              cursor.scroll(by: max(-100, min(step, 100)), count: count, height: height)
            }
            #expect(cursor.index >= 0 && cursor.index < max(1, count))
            let seen = cursor.visible(count: count, height: max(1, height))
            #expect(count == 0 || seen.contains(cursor.index))
          }
        }
      }
    }
  }
}
