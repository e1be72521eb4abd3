import TestSupport
import TriageModel

/// The kinds of histories that verdicts are tried on; what may be said stands beside what happens.
struct WorldFamily: Sendable {
  var name: String
  var make: @Sendable (UInt64) -> World

  init(_ name: String, others: Int = 12, _ body: @escaping @Sendable (inout World) -> Void) {
    self.name = name
    make = { seed in
      var world = World(others: others, seed: seed)
      body(&world)
      return world
    }
  }

  static let all = breakages + flakes + streams + nights + orders + ends
}

extension World {
  /// It fails from now on: asked when it came, and 1, 3 and 10 runs later.
  mutating func breaks(
    _ act: Act = .fails(1), or first: Set<Verdict.Label> = [], second: Set<Verdict.Label> = [.new],
    every: Double = 4, branch: String = "main", culprit: RunKey? = nil
  ) {
    let start = run(act, branch: branch, every: every)
    let culprit = culprit ?? start
    ask(.new, or: first, culprit: culprit)
    run(act, branch: branch, every: every)
    ask(.broken, or: second, culprit: culprit)
    for _ in 0..<2 { run(act, branch: branch, every: every) }
    ask(.broken, culprit: culprit)
    for _ in 0..<7 { run(act, branch: branch, every: every) }
    ask(.broken, culprit: culprit)
  }

  /// It fails by chance; asked at a failure once it failed often enough, and 1, 3 and 10 runs later.
  mutating func flakes(
    _ rate: Double, after failures: Int = 3, every: Double = 4, branch: String = "main",
    text: (Int) -> Int = { _ in 1 }, make: (Int) -> Act = { .fails($0) }
  ) {
    isFlaky = true
    var count = 0
    while count <= failures {
      let fails = random.chance(rate)
      if fails { count += 1 }
      run(fails ? make(text(count)) : .passes, branch: branch, every: every)
    }
    ask(.flaky)
    for step in 1...10 {
      let fails = random.chance(rate)
      if fails { count += 1 }
      run(fails ? make(text(count)) : .passes, branch: branch, every: every)
      if [1, 3, 10].contains(step) { ask(.flaky) }
    }
  }

  /// Passes, between 15 and 40 of them.
  mutating func passes(every: Double = 4) {
    runs(Int.random(in: 15...40, using: &random), every: every)
  }
}

extension WorldFamily {
  static let breakages = [
    WorldFamily("steady break") {
      $0.passes(); $0.breaks()
    },
    WorldFamily("break with retries") {
      $0.passes(); $0.breaks(.failsTwice(1))
    },
    WorldFamily("break, several runs a commit") { world in
      for _ in 0..<8 {
        let commit = world.nextCommit()
        for _ in 0..<3 { world.run(.passes, commit: commit) }
      }
      let first = world.run(.fails(1))
      let commit = world.runs.last?.commit
      world.ask(.new, culprit: first)
      for _ in 0..<2 { world.run(.fails(1), commit: commit) }
      world.ask(.broken, culprit: first)
      for _ in 0..<3 {
        let commit = world.nextCommit()
        for _ in 0..<3 { world.run(.fails(1), commit: commit) }
      }
      world.ask(.broken, culprit: first)
    },
    WorldFamily("known flake breaks with a text of its own") { world in
      world.runs(10)
      for step in 0..<30 { world.run(step % 9 == 4 ? .fails(7) : .passes) }
      world.isFlaky = nil
      world.breaks()
    },
    WorldFamily("retried flake breaks with a text of its own") { world in
      for step in 0..<20 { world.run(step % 7 == 3 ? .flakes(7) : .passes) }
      world.isFlaky = nil
      world.breaks(.failsTwice(1))
    },
    WorldFamily("flake breaks with its own text") { world in
      world.isFlaky = nil
      for _ in 0..<60 { world.run(world.random.chance(0.08) ? .fails(1) : .passes) }
      world.runs(4)
      world.run(.fails(1))
      world.ask(.flaky, or: [.unknown, .new])
      world.run(.fails(1))
      world.ask(.flaky, or: [.unknown, .broken, .new])
      world.runs(2, .fails(1))
      world.ask(.broken, or: [.flaky, .unknown])
      world.runs(7, .fails(1))
      world.ask(.broken)
    },
    WorldFamily("break right after a flake of another text") { world in
      for step in 0..<40 { world.run(step % 9 == 3 ? .fails(7) : .passes) }
      world.run(.fails(7))
      world.isFlaky = nil
      world.breaks()
    },
    WorldFamily("lucky pass after the first failure") { world in
      world.passes()
      let first = world.run(.fails(1))
      world.ask(.new, culprit: first)
      world.run(.passes)
      world.ask(.passing, or: [.unknown, .fixed, .flaky])
      world.runs(2, .fails(1))
      world.ask(.broken, or: [.unknown, .new], culprit: first)
      world.runs(7, .fails(1))
      world.ask(.broken, culprit: first)
    },
    WorldFamily("nine of ten") { world in
      world.passes()
      let first = world.run(.fails(1))
      world.runs(8, .fails(1))
      world.run(.passes)
      world.runs(3, .fails(1))
      world.ask(.broken, culprit: first)
      world.runs(6, .fails(1))
      world.run(.passes)
      world.run(.fails(1))
      world.ask(.broken, culprit: first)
    },
    WorldFamily("landed again") { world in
      world.passes()
      world.runs(Int.random(in: 3...6, using: &world.random), .fails(1))
      world.runs(Int.random(in: 5...20, using: &world.random))
      world.breaks(or: [.broken])
    },
    WorldFamily("landed again after one run") { world in
      world.passes()
      world.run(.fails(1))
      world.runs(Int.random(in: 8...20, using: &world.random))
      world.run(.fails(1))
      world.ask(.new, or: [.broken, .flaky, .unknown])
      world.run(.fails(1))
      world.ask(.broken, or: [.new, .flaky, .unknown])
      world.runs(2, .fails(1))
      world.ask(.broken, or: [.flaky])
      world.runs(7, .fails(1))
      world.ask(.broken)
    },
    WorldFamily("young test breaks") { world in
      for _ in 0..<20 { world.run(.isAbsent) }
      world.runs(Int.random(in: 2...6, using: &world.random))
      world.breaks(or: [.unknown], second: [.new, .unknown])
    },
    WorldFamily("born failing") { world in
      for _ in 0..<Int.random(in: 8...30, using: &world.random) { world.run(.isAbsent) }
      world.breaks()
    },
    WorldFamily("the failure changes") { world in
      world.passes()
      let first = world.run(.fails(1))
      world.runs(Int.random(in: 4...8, using: &world.random), .fails(1))
      world.run(.fails(2))
      world.ask(.new, or: [.broken])
      world.run(.fails(2))
      world.ask(.broken, culprit: first)
      world.runs(2, .fails(2))
      world.ask(.broken, culprit: first)
    },
    WorldFamily("taken back at once") { world in
      world.passes()
      world.run(.fails(1))
      world.ask(.new)
      world.run(.passes)
      world.ask(.passing, or: [.fixed])
      world.runs(2)
      world.ask(.passing, or: [.fixed])
      world.runs(7)
      world.ask(.passing, or: [.fixed])
    },
    WorldFamily("two bugs, each taken back") { world in
      world.passes()
      world.run(.fails(1))
      world.runs(9)
      world.run(.fails(2))
      world.ask(.new)
      world.run(.passes)
      world.ask(.passing, or: [.fixed])
      world.runs(9)
      world.ask(.passing, or: [.fixed])
    },
  ]

  static let flakes = [
    WorldFamily("flake of 50 %") {
      $0.runs(5); $0.flakes(0.5, after: 5)
    },
    WorldFamily("flake of 30 %") {
      $0.runs(5); $0.flakes(0.3)
    },
    WorldFamily("flake of 10 %") {
      $0.runs(5); $0.flakes(0.1)
    },
    WorldFamily("flake of 4 %") {
      $0.runs(5); $0.flakes(0.04)
    },
    WorldFamily("flake that is retried") {
      $0.runs(5);
      $0.flakes(0.1, after: 1) { _ in
        1
      } make: {
        .flakes($0)
      }
    },
    WorldFamily("flake of two texts") {
      $0.runs(5); $0.flakes(0.2, after: 5) { 1 + $0 % 2 }
    },
    WorldFamily("flake that says another thing each time") {
      $0.runs(5); $0.flakes(0.2, after: 4) { 100 + $0 }
    },
    WorldFamily("flake that runs every twelve days") {
      $0.runs(5, every: 288); $0.flakes(0.2, every: 288)
    },
    WorldFamily("becomes flaky") {
      $0.runs(60); $0.flakes(0.3)
    },
    WorldFamily("rerun of the commit passes") { world in
      world.passes()
      world.isFlaky = true
      world.run(.fails(1))
      world.ask(.new)
      let commit = world.runs.last?.commit
      world.run(.passes, commit: commit)
      world.ask(.flaky)
      world.runs(2)
      world.ask(.flaky)
      world.runs(7)
      world.ask(.flaky)
    },
    WorldFamily("flake after a holiday") { world in
      for step in 0..<60 { world.run(step % 12 == 5 ? .fails(1) : .passes) }
      world.rest(days: Double.random(in: 35...50, using: &world.random))
      world.isFlaky = true
      world.runs(3)
      world.run(.fails(1))
      world.ask(.flaky)
      world.run(.passes)
      world.ask(.flaky)
      world.runs(2)
      world.ask(.flaky)
    },
  ]
}

extension WorldFamily {
  static let orders = [
    WorldFamily("broken over a holiday") { world in
      world.passes()
      let first = world.run(.fails(1))
      world.runs(14, .fails(1))
      world.rest(days: 26)
      for step in 0...10 {
        world.run(.fails(1))
        if [0, 1, 3, 10].contains(step) { world.ask(.broken, culprit: first) }
      }
    },
    WorldFamily("breaks after a holiday") {
      $0.passes(); $0.rest(days: 40); $0.breaks()
    },
    WorldFamily("breaks where it runs weekly") {
      $0.passes(every: 168); $0.breaks(every: 168)
    },
    WorldFamily("bisected") { world in
      world.runs(20)
      let first = world.run(.fails(1))
      world.runs(5, .fails(1))
      for old in [10, 24, 18, 22, 20, 21] {
        world.run(old > 20 ? .fails(1) : .passes, commit: "c\(old)")
        world.ask(old > 20 ? .broken : .passing, or: old == 21 ? [.new] : [], culprit: old > 20 ? first : nil)
      }
      world.run(.fails(1))
      world.ask(.broken, culprit: first)
      world.runs(3, .fails(1))
      world.ask(.broken, culprit: first)
    },
    WorldFamily("old releases run every night") { world in
      world.passes()
      let first = world.run(.fails(1))
      for step in 1...10 {
        world.run(.passes, commit: "c\(3 + step % 2)")
        world.run(.fails(1))
        if [1, 3, 10].contains(step) { world.ask(.broken, or: step == 1 ? [.new] : [], culprit: first) }
      }
    },
  ]

  static let ends = [
    WorldFamily("fixed") { world in
      world.passes()
      world.runs(Int.random(in: 3...8, using: &world.random), .fails(1))
      for step in 0...10 {
        world.run(.passes)
        if [0, 1, 3, 10].contains(step) { world.ask(.fixed) }
      }
    },
    WorldFamily("a flake is mended") { world in
      for _ in 0..<41 { world.run(world.random.chance(0.25) ? .fails(1) : .passes, every: 2) }
      for step in 1...80 {
        world.run(.passes, every: 2)
        if [1, 3].contains(step) { world.ask(.flaky) }
        if step == 80 { world.ask(.fixed, or: [.passing]) }
      }
    },
    WorldFamily("steady") { world in
      world.passes()
      for step in 0...10 {
        world.run(.passes)
        if [0, 1, 3, 10].contains(step) { world.ask(.passing) }
      }
    },
    WorldFamily("an old breakage, long mended") { world in
      world.passes()
      world.runs(5, .fails(1))
      world.runs(130, every: 8)
      world.ask(.passing, or: [.fixed])
      world.breaks(.fails(2))
    },
  ]
}
