import Foundation

/// What the open screen does while nobody types: nothing.
struct IdleMeasurement: Measurement {
  let name = "idle"

  func run(_ bench: Bench) throws -> [Figure] {
    let seconds = bench.count(10, small: 2)
    let session = try ScreenSession(bench, [bench.program, try bench.inputs.junit(10_000)], state: "idle")
    _ = try session.settle(since: session.start)
    session.rest()
    bench.say("watching the idle screen for \(seconds) s")
    let before = session.account
    Thread.sleep(forTimeInterval: Double(seconds))
    let after = session.account
    return [
      Figure(
        name: "idle-cpu", title: "processor in \(seconds) s of an idle screen", ours: after.seconds - before.seconds),
      Figure(
        name: "idle-wakes", title: "wake-ups in \(seconds) s of an idle screen",
        ours: Double(max(0, after.wakes - before.wakes)), unit: .count),
    ]
  }
}
