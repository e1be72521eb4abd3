internal import CIProviders
internal import SystemKit
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// Publishes what the gate says where the commit is: on GitHub or GitLab.
struct GatePublishing {
  let context: CommandContext
  /// Whether the requests are only printed, on standard error.
  let isDryRun: Bool

  /// Publishes the answer; a link says where to, else the job around.
  func publish(_ answer: GateAnswer, _ report: GateReport, commit: String?, to link: String?) throws(CommandFailure) {
    let setting = LinkFetching(context: context).setting(ProgressLine())
    let rehearse: @Sendable (String) -> Void = { StandardError.write("assay: would send \($0)") }
    let rehearsal = isDryRun ? rehearse : nil
    do throws(PublishError) {
      let publisher = try GatePublisher(setting, link: link, commit: commit, rehearsal: rehearsal)
      try publisher.publish(judgement(answer, report))
    } catch {
      throw .unreadable("could not publish: \(error)")
    }
  }

  private func judgement(_ answer: GateAnswer, _ report: GateReport) -> CIJudgement {
    var judgement = CIJudgement(
      state: answer.stops ? .stopped : answer.isPartial && !report.isPartialAllowed ? .incomplete : .passed,
      sentence: report.sentence, markdown: report.markdown)
    for line in answer.lines where line.ruling.stops {
      for test in line.tests {
        guard let location = test.location, let number = location.line, !location.file.hasPrefix("/") else { continue }
        judgement.annotations.append(
          CIJudgement.Annotation(
            path: location.file, line: number, title: "\(line.ruling.rawValue): \(test.id)", message: line.title))
      }
    }
    return judgement
  }
}
