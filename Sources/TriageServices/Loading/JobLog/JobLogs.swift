internal import RunArtifacts
internal import TriageModel

/// What the logs of a run say at their ends.
struct JobLogs {
  /// A log and what its end says.
  struct Log {
    let path: String
    let end: JobLogEnd
  }

  /// The first log whose end tells of a failure, one that was cut off before one that failed.
  private(set) var ending: Log?
  /// The first log in which pytest says that it stopped before all tests ran.
  private(set) var interruption: Log?
  /// Whether make ran the job.
  private(set) var isMake = false
  /// Logs that could not be looked at to their end, a sentence each.
  private(set) var warnings: [String] = []

  /// Bytes that are looked at from a log's end.
  private static let tail = 1 << 16
  /// Logs that are looked at in one run.
  private static let most = 200

  init(_ files: [RunFile]) {
    let logs = files.filter { $0.kind == .log }
    for file in logs.prefix(Self.most) { take(file) }
    if logs.count > Self.most {
      warnings.append("\(logs.count - Self.most) more logs were not looked at for how the job ended")
    }
  }

  private mutating func take(_ file: RunFile) {
    do throws(ByteSourceError) {
      let excerpt = try FileExcerpt.tail(of: file.location, count: Self.tail)
      if let damage = excerpt.damage { warnings.append("\(file.path) cannot be read to its end: \(damage)") }
      let end = JobLogEnd(excerpt.bytes)
      isMake = isMake || end.isMake
      if end.words != nil, ending == nil || end.isCut && ending?.end.isCut == false {
        ending = Log(path: file.path, end: end)
      }
      if end.interruption != nil, interruption == nil { interruption = Log(path: file.path, end: end) }
    } catch {
      warnings.append("\(file.path) cannot be read: \(error)")
    }
  }
}
