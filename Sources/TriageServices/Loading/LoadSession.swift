internal import TriageModel

/// What a load has come to, and whom it tells: at most ten times a second, unless something must be told at once.
final class LoadSession {
  private let publish: (LoadProgress) -> Bool
  private let clock = ContinuousClock()
  private var lastTold: ContinuousClock.Instant?
  private var progress = LoadProgress()
  private var finished: [Run] = []
  private var finishedTests = 0
  private var finishedFailing = 0
  private var finishedBytes = 0
  private(set) var isCancelled = false

  private static let pause = Duration.milliseconds(100)

  init(publish: @escaping (LoadProgress) -> Bool) {
    self.publish = publish
  }

  /// Tells how far opening is; false when the person stops it.
  func opening(_ phase: LoadProgress.Phase, _ path: String, files: Int, bytes: Int, of total: Int) -> Bool {
    progress.phase = phase
    progress.path = path
    progress.files = files
    progress.bytes = bytes
    progress.bytesTotal = total
    tellSometimes()
    return !isCancelled
  }

  /// Says what is going to be read.
  func plan(files: Int, bytes: Int) {
    progress.phase = .reading
    progress.files = 0
    progress.filesTotal = files
    progress.bytes = 0
    progress.bytesTotal = bytes
    tell()
  }

  /// Begins a report.
  func begin(_ path: String) { progress.path = path }

  /// Goes on within a report; false when the person stops it.
  func advance(bytes: Int, run: @autoclosure () -> Run) -> Bool {
    guard isDue else { return !isCancelled }
    let run = run()
    progress.bytes = finishedBytes + bytes
    progress.tests = finishedTests + run.table.count
    progress.failing = finishedFailing + run.table.counts.failing
    progress.runs = (finished + [run]).sorted(by: RunLoader.isNewer)
    tell()
    return !isCancelled
  }

  /// Ends a report of the run with the given table.
  func end(bytes: Int, table: TestTable) {
    progress.files += 1
    finishedBytes += bytes
    progress.bytes = finishedBytes
    progress.tests = finishedTests + table.count
    progress.failing = finishedFailing + table.counts.failing
    tellSometimes()
  }

  /// Ends a run.
  func end(_ run: Run) {
    finished.append(run)
    finishedTests += run.table.count
    finishedFailing += run.table.counts.failing
    if isDue {
      progress.runs = finished.sorted(by: RunLoader.isNewer)
      tell()
    }
  }

  /// Tells the end.
  func done(_ runs: [Run]) {
    progress.phase = .done
    progress.runs = runs
    tell()
  }

  private var isDue: Bool { lastTold.map { clock.now - $0 >= Self.pause } ?? true }

  private func tellSometimes() {
    if isDue { tell() }
  }

  private func tell() {
    lastTold = clock.now
    if !publish(progress) { isCancelled = true }
    progress.runs = nil
  }
}
