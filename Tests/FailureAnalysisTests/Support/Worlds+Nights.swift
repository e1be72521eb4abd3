import TriageModel

/// Histories in which many tests fail at once.
extension WorldFamily {
  /// A night in which tests 1 to so many fail with one text, and the target with them.
  static func night(_ world: inout World, tests: Int, text: Int = 50, standing: Int = 0) -> RunKey {
    let others = world.others
    return world.run(.fails(text)) { other in
      other <= tests ? text : other > others - standing ? 900 + other : nil
    }
  }

  static let nights = [
    WorldFamily("two infra nights, a run a commit", others: 55) { world in
      world.runs(12)
      for number in 0..<2 {
        let night = night(&world, tests: 30)
        world.ask(.infra, or: number == 0 ? [.massFailure, .new] : [.massFailure])
        world.run(.passes)
        world.ask(.passing, or: [.fixed])
        world.ask(.infra, or: [.massFailure], at: night)
        world.runs(7)
        world.ask(.passing, or: [.fixed])
      }
    },
    WorldFamily("a service is down three times", others: 30) { world in
      world.runs(20)
      for number in 0..<3 {
        let night = night(&world, tests: 9)
        world.ask(.infra, or: number == 0 ? [.massFailure, .new] : [.massFailure])
        world.runs(3)
        world.ask(.infra, or: [.massFailure], at: night)
        world.runs(11)
        world.ask(.passing)
      }
    },
    WorldFamily("a night beside standing failures", others: 40) { world in
      for _ in 0..<20 { world.run(.passes) { $0 > 28 ? 900 + $0 : nil } }
      let night = night(&world, tests: 9, standing: 12)
      world.ask(.infra, or: [.massFailure, .new])
      for _ in 0..<10 { world.run(.passes) { $0 > 28 ? 900 + $0 : nil } }
      world.ask(.infra, or: [.massFailure], at: night)
      world.ask(.passing)
    },
    WorldFamily("a standing failure in a night", others: 40) { world in
      world.runs(15)
      let first = world.run(.fails(1))
      world.runs(8, .fails(1))
      world.run(.fails(1)) { $0 < 15 ? 50 : nil }
      world.ask(.broken, culprit: first)
      world.runs(2, .fails(1))
      world.ask(.broken, culprit: first)
    },
    WorldFamily("an outage of two runs", others: 40) { world in
      world.runs(20)
      let first = night(&world, tests: 12)
      let second = night(&world, tests: 12)
      world.ask(.infra, or: [.broken, .new, .massFailure])
      world.run(.passes)
      world.ask(.passing, or: [.fixed])
      world.ask(.infra, or: [.massFailure], at: first)
      world.ask(.infra, or: [.massFailure], at: second)
      world.runs(9)
      world.ask(.passing, or: [.fixed])
    },
    WorldFamily("a night that a rerun of the commit passes", others: 30) { world in
      world.runs(20)
      let night = night(&world, tests: 10)
      world.ask(.infra, or: [.new])
      world.run(.passes, commit: world.runs.last?.commit)
      world.ask(.passing)
      world.ask(.infra, at: night)
      world.runs(9)
      world.ask(.passing)
    },
    WorldFamily("nearly all fails, once", others: 40) { world in
      world.runs(20)
      _ = night(&world, tests: 38)
      world.ask(.massFailure, or: [.infra])
      world.run(.passes)
      world.ask(.passing)
      world.runs(9)
      world.ask(.passing)
    },
    WorldFamily("nearly all fails, for good", others: 49) { world in
      world.runs(20)
      let first = world.run(.fails(1)) { $0 < 43 ? $0 : nil }
      world.ask(.massFailure, or: [.new], culprit: first)
      for step in 1...10 {
        world.run(.fails(1)) { $0 < 43 ? $0 : nil }
        if [1, 3, 10].contains(step) { world.ask(.massFailure, or: [.broken], culprit: first) }
      }
    },
    WorldFamily("a small suite fails as a whole", others: 4) { world in
      for number in 0..<2 {
        world.runs(20)
        _ = night(&world, tests: 4)
        world.ask(.massFailure, or: number == 0 ? [.infra, .new] : [.infra])
        world.run(.passes)
        world.ask(.passing, or: [.fixed])
      }
      world.runs(9)
      world.ask(.passing)
    },
    WorldFamily("a break behind an infra night", others: 30) { world in
      world.runs(19)
      _ = night(&world, tests: 10)
      world.breaks()
    },
    WorldFamily("a break of many tests", others: 40) { world in
      world.runs(20)
      let first = world.run(.fails(1)) { $0 < 15 ? 1 : nil }
      world.ask(.new, culprit: first)
      for step in 1...10 {
        world.run(.fails(1)) { $0 < 15 ? 1 : nil }
        if [1, 3, 10].contains(step) { world.ask(.broken, or: step == 1 ? [.new] : [], culprit: first) }
      }
    },
  ]
}
