import Testing
import TriageModel

@testable import Goldens

struct NumberTypeTests {
  @Test func neighboursAreOneUnitApartInEveryType() {
    #expect(NumberType.float64.ulps(1, 1.0.nextUp) == 1)
    #expect(NumberType.float32.ulps(1, Double(Float(1).nextUp)) == 1)
    #expect(NumberType.float16.ulps(1, 1 + 0x1p-10) == 1)
    #expect(NumberType.bfloat16.ulps(1, 1 + 0x1p-7) == 1)
    #expect(NumberType.float16.ulps(2047.5, 2048) == 0)
  }

  @Test func distancesCrossZero() {
    let tiny = Double.leastNonzeroMagnitude
    #expect(NumberType.float64.ulps(-tiny, tiny) == 2)
    #expect(NumberType.float64.ulps(-0.0, 0) == 0)
    #expect(NumberType.float16.ulps(-0x1p-24, 0x1p-24) == 2)
    #expect(NumberType.float32.ulps(-1, 1) == 2 * Double(Float(1).bitPattern))
    #expect(NumberType.float64.ulps(1, .nan) == .infinity)
  }
}
