import TestSupport
import TriageModel

/// Histories of several branches, jobs and legs.
extension WorldFamily {
  static let streams = [
    WorldFamily("flaky in one leg") { world in
      world.isFlaky = true
      for step in 0..<60 {
        let act: World.Act = step % 9 == 5 ? .fails(1) : .passes
        world.run(.passes, legs: ["3.11": .passes, "3.12": act, "3.13": .passes])
        if step > 45, step % 9 == 5 { world.ask(.flaky) }
      }
      world.ask(.flaky)
    },
    WorldFamily("broken in one leg") { world in
      for _ in 0..<20 { world.run(.passes, legs: ["3.11": .passes, "3.12": .passes]) }
      for step in 0..<11 {
        world.run(.passes, legs: ["3.11": .passes, "3.12": .fails(1)])
        if [0, 1, 3, 10].contains(step) {
          world.ask(step == 0 ? .new : .broken, or: step == 1 ? [.new] : [], culprit: 21)
        }
      }
    },
    WorldFamily("broken in one job, each a run") { world in
      for step in 0..<40 {
        let commit = world.nextCommit()
        world.run(.passes, commit: commit, labels: ["job": "py3.11"], every: 0.1)
        world.run(step < 30 ? .passes : .fails(1), commit: commit, labels: ["job": "py3.12"])
        if [30, 31, 33, 39].contains(step) {
          world.ask(step == 30 ? .new : .broken, or: step == 31 ? [.new] : [], culprit: 62)
          world.ask(.passing, at: world.run(before: 1))
        }
      }
    },
    WorldFamily("flaky in one job, each a run") { world in
      world.isFlaky = true
      for step in 0..<50 {
        let commit = world.nextCommit()
        world.run(.passes, commit: commit, labels: ["python": "3.11"], every: 0.1)
        world.run(step % 8 == 5 ? .fails(1) : .passes, commit: commit, labels: ["python": "3.12"])
        if step > 35, step % 8 == 5 {
          world.ask(.flaky)
          world.ask(.passing, at: world.run(before: 1))
        }
      }
    },
    WorldFamily("always fails in one of two jobs") { world in
      for step in 0..<24 {
        world.run(step % 2 == 0 ? .passes : .fails(1), labels: ["python": step % 2 == 0 ? "3.12" : "3.9"])
        if step > 12 { world.ask(step % 2 == 0 ? .passing : .broken) }
      }
    },
    WorldFamily("main broken, pull requests pass") { world in
      world.passes()
      let first = world.run(.fails(1))
      world.ask(.new, culprit: first)
      for step in 1...10 {
        world.run(.passes, branch: "PR-\(40 + step)")
        world.ask(.passing, or: [.fixed])
        world.run(.fails(1))
        if [1, 3, 10].contains(step) { world.ask(.broken, or: step == 1 ? [.new] : [], culprit: first) }
      }
    },
    WorldFamily("pull requests that break a guard") { world in
      world.runs(10)
      for request in 0..<8 {
        world.runs(4)
        world.run(.fails(1), branch: "refs/pull/\(request)/merge")
        world.ask(.new)
        world.run(.passes)
        world.ask(.passing)
      }
    },
    WorldFamily("a feature breaks it") { world in
      world.passes()
      world.breaks(branch: "feature/rewrite")
      world.run(.passes)
      world.ask(.passing)
    },
    WorldFamily("people break and mend on a branch") { world in
      world.passes()
      for step in 0..<12 {
        world.run(step % 3 == 1 ? .fails(1) : .passes, branch: "wip/search")
        world.run(.passes)
        world.ask(.passing)
      }
    },
    WorldFamily("a pull request on a broken main") { world in
      world.passes()
      let first = world.run(.fails(1))
      world.runs(5, .fails(1))
      world.run(.fails(1), branch: "PR-9")
      world.ask(.broken, culprit: first)
      world.run(.fails(1), branch: "PR-10")
      world.ask(.broken, culprit: first)
    },
    WorldFamily("a known flake fails in a pull request") { world in
      world.isFlaky = true
      for step in 0..<40 { world.run(step % 9 == 4 ? .fails(1) : .passes) }
      world.run(.fails(1), branch: "PR-9")
      world.ask(.flaky)
      world.run(.passes, branch: "PR-9")
      world.ask(.flaky)
    },
    WorldFamily("merge queue throws requests out") { world in
      world.runs(10)
      for request in 0..<8 {
        world.runs(4)
        world.run(.fails(1), branch: "gh-readonly-queue/main/pr-\(request)-abcdef")
        world.ask(.new)
        world.run(.passes)
        world.ask(.passing)
      }
    },
    WorldFamily("broken on a release branch") { world in
      for step in 0..<40 {
        world.run(.passes)
        if step > 5 {
          world.run(step < 25 ? .passes : .fails(1), branch: "release/2.1")
          if [25, 26, 28, 35].contains(step) { world.ask(step == 25 ? .new : .broken, or: step == 26 ? [.new] : []) }
        }
        if step > 25, step < 30 { world.ask(.passing, at: world.run(before: 1)) }
      }
    },
    WorldFamily("a matrix begins") { world in
      world.runs(30)
      world.run(.passes, legs: ["py3.11": .passes, "py3.12": .passes])
      for step in 0..<11 {
        world.run(.passes, legs: ["py3.11": .fails(1), "py3.12": .fails(1)])
        if [0, 1, 3, 10].contains(step) {
          world.ask(step == 0 ? .new : .broken, or: step == 1 ? [.new] : [], culprit: 32)
        }
      }
    },
    WorldFamily("a matrix of runs begins") { world in
      world.runs(30)
      for step in 0..<12 {
        let commit = world.nextCommit()
        for job in ["py3.11", "py3.12"] {
          world.run(step == 0 ? .passes : .fails(1), commit: commit, labels: ["job": job])
          if step > 0 { world.ask(step == 1 ? .new : .broken, or: step == 2 ? [.new] : []) }
        }
      }
    },
    WorldFamily("shards") { world in
      for step in 0..<40 {
        let commit = world.nextCommit()
        let own = Int.random(in: 1...3, using: &world.random)
        for shard in 1...3 {
          let act: World.Act = shard != own ? .isAbsent : step < 25 ? .passes : .fails(1)
          world.run(act, commit: commit, labels: ["shard": "\(shard)"], every: 1)
          if shard == own, [25, 26, 28, 35].contains(step) {
            world.ask(step == 25 ? .new : .broken, or: step == 26 ? [.new] : [])
          }
        }
      }
    },
  ]
}
