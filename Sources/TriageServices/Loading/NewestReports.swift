internal import ReportFormats
internal import RunArtifacts
internal import TriageModel

/// Keeps of a store that grows with every run of a tool what is newest.
///
/// When each report began stands in its beginning, which is all that is read of those that are left.
enum NewestReports {
  /// The group with its newest reports, in their order, and a warning that counts the rest.
  static func kept(_ group: RunGroup) -> RunGroup {
    var group = group
    for index in group.sources.indices {
      let formats = Dictionary(group.sources[index].reports.map { ($0.format.id, $0.format) }) { first, _ in first }
      for format in formats.values.sorted(by: { $0.id < $1.id }) {
        guard let most = format.mostReports else { continue }
        keep(most, of: format, in: &group.sources[index], &group.warnings)
      }
      for file in group.sources[index].others where file.name == "mlflow.db" {
        group.warnings.append(
          "\(file.path): MLflow\u{2019}s store in SQLite is not read; what `mlflow experiments csv` writes of it is, "
            + "where the configuration names it under metrics.files")
      }
    }
    return group
  }

  private static func keep(
    _ most: Int, of format: any ReportFormat.Type, in source: inout RunGroup.Source, _ warnings: inout [String]
  ) {
    let own = source.reports.filter { $0.format.id == format.id }
    let dated = own.map { report in
      (report: report, began: (try? ReportCandidate.head(of: report.file)).flatMap { format.began($0) } ?? 0)
    }
    // `<` with the path: the same order in every load.
    let ordered = dated.sorted { left, right in
      left.began != right.began ? left.began > right.began : left.report.file.path < right.report.file.path
    }.map(\.report)
    source.reports.removeAll { $0.format.id == format.id }
    for (place, report) in ordered.prefix(most).enumerated() {
      source.reports.append(RunGroup.Report(file: report.file, format: format, place: place))
    }
    source.others += ordered.dropFirst(most).map(\.file)
    if ordered.count > most {
      warnings.append(
        "\(format.title): the newest \(CountText.of(most)) of \(CountText.of(ordered.count)) were read")
    }
  }
}
