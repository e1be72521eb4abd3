internal import FailureAnalysis
internal import RunHistory
internal import TriageModel
internal import Workspace

/// M5: assertions for each test function of the repository that is here.
struct AssertionMeasure: HealthMeasure {
  let kind = HealthKind.assertions

  func figure(of evidence: HealthEvidence) throws(HistoryError) -> HealthFigure {
    guard let repository = evidence.sources.repository else {
      return evidence.unknown(kind, "the repository with the sources of its tests is not here")
    }
    let survey = AssertionSurvey(root: repository.root, cacheFolder: evidence.sources.cacheFolder)
    if let problem = survey.problem { return evidence.unknown(kind, problem) }
    guard survey.functions > 0 else {
      return evidence.unknown(kind, "no test function in Python or Swift was found in \(repository.root)")
    }
    var figure = evidence.figure(kind, Double(survey.assertions) / Double(survey.functions))
    figure.facts = [
      .init(
        "made of",
        "\(CountText.of(survey.assertions, "assertion")) in \(CountText.of(survey.functions, "test function")) of "
          + CountText.of(survey.files, "file")),
      .init("without any", CountText.of(survey.bare.count, "test function")),
    ]
    for limit in survey.limits { figure.facts.append(.init("limit", limit)) }
    figure.parts = survey.bare.prefix(50).map { bare in
      .init(
        bare.name, "no assertion, \(bare.file):\(bare.line)",
        .source(SourceLocation(file: bare.file, line: bare.line)))
    }
    return figure
  }
}
