internal import SafeText
package import SystemKit
package import TriageModel

/// A CI service: which links are its own, how its runs are listed, what they left, how they are run again.
///
/// It asks by `CISession`, which carries out what all have in common; what it makes of answers is pure.
package protocol CIProvider: Sendable {
  /// The word before the project in a run's source, and in the short form of a link: `github:acme/shop`.
  static var id: String { get }
  /// The name for people.
  static var title: String { get }
  /// The links that it takes, as an example each, for the manual.
  static var links: [String] { get }
  /// The variables that a token comes from, the first that is set, for messages.
  static var tokens: [String] { get }
  /// Header lines of every request.
  static var headers: [String: String] { get }

  /// What a link leads to; nil for links of others.
  static func target(_ link: CILink, _ world: CIWorld) -> CITarget?
  /// Who asks, by the variables of the service, only for the hosts that they are for.
  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential?
  /// The runs of a target that are chosen, the newest first.
  static func runs(_ target: CITarget, _ choice: CIChoice, _ session: CISession) throws(CIError) -> [CIRun]
  /// What a run left.
  static func contents(of run: CIRun, _ target: CITarget, _ session: CISession) throws(CIError) -> CIContents
  /// The results of tests that the service keeps itself.
  static func results(
    _ results: CIResults, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CITestResult]
  /// The parts of a job's log, of which each is a download; nil where its log is one.
  static func logParts(of job: CIJob, _ target: CITarget, _ session: CISession) throws(CIError) -> [CILogPart]?
  /// The text of a part of a log, as it was downloaded.
  static func logText(_ bytes: [UInt8]) -> [UInt8]
  /// What was remarked on a job.
  static func annotations(of job: CIJob, _ target: CITarget, _ session: CISession) throws(CIError) -> CIAnnotations
  /// Has a run's jobs run again there.
  static func rerun(
    _ scope: JobScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun
  /// The commit that the job around is about; nil outside of the service's jobs.
  static func place(_ world: CIWorld) -> CIPlace?
  /// Tells of a commit and its request how it was judged.
  static func publish(_ judgement: CIJudgement, _ place: CIPlace, _ session: CISession) throws(CIError)
}

extension CIProvider {
  /// JSON is asked for.
  package static var headers: [String: String] { ["Accept": "application/json"] }

  /// It keeps none.
  package static func results(
    _ results: CIResults, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CITestResult] { [] }

  /// Its logs are whole.
  package static func logParts(
    of job: CIJob, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CILogPart]? { nil }

  /// It is the text.
  package static func logText(_ bytes: [UInt8]) -> [UInt8] { bytes }

  /// It has none.
  package static func annotations(
    of job: CIJob, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIAnnotations { CIAnnotations() }

  /// It runs nothing again.
  package static func rerun(
    _ scope: JobScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun {
    throw .unsupported("\(title) runs nothing again for assay")
  }

  /// It says nothing of that.
  package static func place(_ world: CIWorld) -> CIPlace? { nil }

  /// It takes none.
  package static func publish(
    _ judgement: CIJudgement, _ place: CIPlace, _ session: CISession
  ) throws(CIError) {
    throw .unsupported("\(title) is told nothing by assay: GitHub and GitLab are")
  }
}
