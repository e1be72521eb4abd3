package import TriageModel
package import Workspace

/// What figures are counted from besides the history.
package struct HealthSources: Sendable {
  /// The golden changes that wait in the run that is open.
  package struct Waiting: Sendable, Equatable {
    /// The run's commit; nil when nothing tells.
    package var commit: String?
    /// The goldens.
    package var goldens: [GoldenLocation]

    /// The changes of a run that wait for somebody.
    package init(commit: String?, goldens: [GoldenLocation]) {
      self.commit = commit
      self.goldens = goldens
    }
  }

  /// The repository that is meant; nil outside of one.
  package var repository: Repository?
  /// The targets, and the budget.
  package var settings: HealthSettings
  /// What the team decided.
  package var records: TeamRecords
  /// Where archives are unpacked.
  package var cacheFolder: String
  /// What waits in the open run; nil where none is open.
  package var waiting: Waiting?

  /// The sources of a repository.
  package init(repository: Repository?, settings: HealthSettings, records: TeamRecords, cacheFolder: String) {
    self.repository = repository
    self.settings = settings
    self.records = records
    self.cacheFolder = cacheFolder
  }
}

extension HealthSources.Waiting {
  /// What waits among the golden changes of a run; it need not be compared to be counted.
  package init(_ survey: GoldenSurvey) {
    self.init(commit: survey.commit, goldens: survey.changes.filter(\.state.isOpen).map(\.location))
  }
}
