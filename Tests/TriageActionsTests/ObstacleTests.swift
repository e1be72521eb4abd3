import Testing

@testable import TriageActions

struct ObstacleTests {
  @Test func whatCannotBeKnownIsNeverApproved() {
    #expect(Obstacle.allCases.filter(\.yields) == [.nanBorn, .shape, .secrets])
  }
}
