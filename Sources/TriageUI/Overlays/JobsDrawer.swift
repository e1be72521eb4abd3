import SafeText
import TerminalKit
import TriageActions
import TriageMessages
import TriageModel

/// The drawer at the foot of the screen: the jobs of this session, and of the chosen one its tests and what it prints.
struct JobsDrawer: Overlay {
  /// The number of the job that is looked at.
  private var chosen: Int?
  /// The first row of the text that is shown.
  private var top = 0
  /// Whether what the process prints is shown, and not the tests.
  private var showsOutput = false

  init(_ context: AppContext) { chosen = context.jobs.last?.number }

  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction] {
    let job = job(context)
    switch key {
    case .escape, .character("J"), .character("q"), .control("c"): return [.close]
    case .character("j"), .down: top += 1
    case .character("k"), .up: top = max(0, top - 1)
    case .character("]"): choose(1, context)
    case .character("["): choose(-1, context)
    case .tab, .backTab:
      showsOutput.toggle()
      top = 0
    case .character("x"):
      guard let job, job.snapshot.state == .running else { return [.say("it is not running")] }
      return [.ask(.cancelJob(job.number))]
    case .character("m"): return decide(MuteTests.description, job, context)
    case .character("t"): return decide(KeepNote.description, job, context)
    case .character("y"):
      guard let folder = job?.snapshot.folder else { return [.say("it left nothing yet")] }
      return [.ask(.copy(text: folder, what: "folder of the attempts"))]
    default: return [.say("\(key.label) does nothing here; tab, [ ], x, m, t, y, esc")]
    }
    return []
  }

  private mutating func choose(_ step: Int, _ context: AppContext) {
    let numbers = context.jobs.map(\.number)
    guard let place = numbers.firstIndex(where: { $0 == chosen }) else { return }
    chosen = numbers[min(max(place + step, 0), numbers.count - 1)]
    top = 0
  }

  private func job(_ context: AppContext) -> Job? { context.jobs.first { $0.number == chosen } ?? context.jobs.last }

  /// The panel of a decision on the tests that failed, with what the attempts came to as its reason.
  private func decide(_ action: ActionDescription, _ job: Job?, _ context: AppContext) -> [Reaction] {
    guard let job, let table = context.currentRun?.table else { return [.say("there is no job")] }
    let rows = job.snapshot.rows.filter { $0.counts.failed > 0 }
    if rows.isEmpty { return [.say("no test of it failed here")] }
    let wanted = Set(rows.map(\.id))
    let tests = table.tests(where: \.isFailing).filter { wanted.contains(table.id(of: $0)) }
    if tests.isEmpty { return [.say("its tests are not in the run that is looked at")] }
    let reason = "reran here: " + rows[0].sentence
    return [
      .close,
      .show(
        ActionPanel(
          FailurePanel(
            ActionRequest(run: context.ref, action: action, subjects: .tests(tests)),
            offered: ["reason": reason, "text": reason]))),
    ]
  }

  // MARK: - Drawing

  func draw(_ context: AppContext, on grid: inout Grid) {
    let size = grid.size
    let height = min(size.height - 4, max(10, size.height * 2 / 3))
    let box = Rect(x: 0, y: size.height - 1 - height, width: size.width, height: height)
    Frame.draw(title: "Jobs", in: box, on: &grid)
    let area = box.inset(left: 2, top: 1, right: 2, bottom: 1)
    grid.focus = Point(x: area.x, y: area.y)
    guard let job = job(context) else {
      return write([Line("nothing was run in this session; R runs the failing test again", .dim)], in: area, &grid)
    }
    let head = heading(job, of: context.jobs.count, context)
    write(head, in: area, &grid)
    let body = area.inset(top: head.count + 1, bottom: 1)
    let lines = showsOutput ? output(job) : rows(job)
    let wrapped = lines.flatMap { $0.wrapped(width: body.width) }
    // What is printed is looked at from its end.
    let most = max(0, wrapped.count - body.height)
    let first = showsOutput ? max(0, most - top) : min(top, most)
    write(Array(wrapped.dropFirst(first).prefix(body.height)), in: body, &grid)
    write([keys(job, context)], in: area.row(area.height - 1), &grid)
  }

  private func write(_ lines: [Line], in area: Rect, _ grid: inout Grid) {
    for (y, line) in lines.prefix(area.height).enumerated() { grid.write(line.on(.dialog), in: area.row(y)) }
  }

  private func heading(_ job: Job, of count: Int, _ context: AppContext) -> [Line] {
    let snapshot = job.snapshot
    let place = count > 1 ? "  (\(job.number) of \(count))" : ""
    let state = Line([
      Span(job.stateWord, Style(job.role, on: .dialog, .bold)), Span("  ", Style(.text, on: .dialog)),
      Span(Sanitizer.line(job.title, limit: 300) + place, Style(.title, on: .dialog, .bold)),
    ])
    let processes = snapshot.most == 1 ? "1 process" : "\(CountText.of(snapshot.most)) processes"
    let most = snapshot.isElsewhere ? CountText.of(snapshot.most, "job") : "at most \(processes)"
    var parts = ["\(CountText.of(snapshot.ended)) of \(most)"]
    if snapshot.running > 0 { parts.append("\(CountText.of(snapshot.running)) running") }
    if let elapsed = DurationText.of(snapshot.elapsed.rounded()) {
      let isRunning = snapshot.state == .running
      let expected =
        (isRunning ? snapshot.expected : nil).flatMap { DurationText.of($0) }.map { " of at most about \($0)" } ?? ""
      parts.append(elapsed + expected)
    }
    return [state, Line(parts.joined(separator: " · "), .dim)]
  }

  private func rows(_ job: Job) -> [Line] {
    var lines: [Line] = []
    if case .failed(let why) = job.snapshot.state { lines.append(Line(Sanitizer.line(why, limit: 600), .danger)) }
    for row in job.snapshot.rows {
      lines.append(Line(mark(row) + [Span(" " + Sanitizer.line(row.id, limit: 300), Style(.text, on: .dialog))]))
      let waiting = job.snapshot.isElsewhere ? "it has not ended yet" : "no attempt has ended yet"
      let sentence = row.sentence.isEmpty ? waiting : row.sentence
      lines.append(Line("      " + Sanitizer.line(sentence, limit: 400), row.sentence.isEmpty ? .dim : .info))
      lines += row.ownLines.prefix(8).map { line in
        Line("      \(line.words): " + Sanitizer.line(line.text, limit: 300), line.isOfFailing ? .minus : .plus)
      }
    }
    lines += job.snapshot.warnings.map { Line("! " + Sanitizer.line($0, limit: 400), .warning) }
    return lines
  }

  /// A letter an attempt, oldest first, as many as a row shows.
  private func mark(_ row: RerunSnapshot.Row) -> [Span] {
    let outcomes = row.counts.outcomes.suffix(24)
    if outcomes.isEmpty { return [Span("·", Style(.dim, on: .dialog))] }
    return outcomes.map { outcome in
      switch outcome {
      case .passed: Span(".", Style(.pass, on: .dialog))
      case .failed: Span("F", Style(.danger, on: .dialog, .bold))
      case .unusable: Span("?", Style(.warning, on: .dialog))
      }
    }
  }

  private func output(_ job: Job) -> [Line] {
    if job.tail.isEmpty { return [Line("nothing was printed yet", .dim)] }
    return job.tail.map { Line($0, .text) }
  }

  private func keys(_ job: Job, _ context: AppContext) -> Line {
    var hints = [("tab", showsOutput ? job.snapshot.isElsewhere ? "jobs" : "tests" : "output")]
    if job.snapshot.state == .running { hints.append(("x", "cancel")) }
    if job.snapshot.failing > 0, !job.snapshot.isElsewhere { hints += [("m", "mute"), ("t", "note")] }
    if context.jobs.count > 1 { hints.append(("[ ]", "other jobs")) }
    hints += [("y", "copy its folder"), ("esc", "close")]
    return Line(
      hints.flatMap { key, words in
        [Span(key, Style(.key, on: .dialog, .bold)), Span(" \(words)   ", Style(.dim, on: .dialog))]
      })
  }
}

extension Job {
  /// How it stands, in a word.
  var stateWord: String {
    switch snapshot.state {
    case .running: snapshot.ended + snapshot.running == 0 ? "WAITING" : "RUNNING"
    case .finished: "FINISHED"
    case .cancelled: "CANCELLED"
    case .failed: "FAILED"
    }
  }

  /// The role of that word.
  var role: Role {
    switch snapshot.state {
    case .running: .info
    case .finished: snapshot.failing > 0 ? .danger : snapshot.untold > 0 ? .warning : .pass
    case .cancelled: .warning
    case .failed: .danger
    }
  }

  /// What is said when it has ended.
  var notice: Notice {
    switch snapshot.state {
    case .failed(let why): return Notice(.failure, why)
    case .cancelled where snapshot.isElsewhere:
      return Notice(.warning, "the \(title) is no longer followed: it goes on there")
    case .cancelled: return Notice(.warning, "cancelled the \(title); J shows what ended until then")
    case .running, .finished:
      let words =
        snapshot.rows.count == 1
        ? snapshot.rows[0].sentence
        : snapshot.isElsewhere
          ? "\(CountText.of(snapshot.failing)) of \(CountText.of(snapshot.rows.count, "job")) failed"
          : "\(CountText.of(snapshot.failing)) of \(CountText.of(snapshot.rows.count, "test")) failed at least once"
      return Notice(snapshot.failing + snapshot.untold > 0 ? .warning : .info, "\(title): \(words) (J)")
    }
  }
}
