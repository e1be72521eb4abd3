internal import Goldens
internal import ReportFormats
package import RunArtifacts
internal import SafeText

/// The names that results have, as the formats and conventions declare them: the one place that puts them together.
package enum ResultNames {
  /// Where runs lie that assay or CI keeps by itself.
  private static let ownPlaces = [".assay/runs"]
  /// Hidden folders of results whose tools have no reader among the formats (pytest-benchmark).
  private static let otherHidden = [".benchmarks"]

  /// Endings that let a file be a report, without the point.
  static let endings = Set(ReportFormats.all.flatMap { $0.names.endings } + ForeignFormats.all.flatMap(\.endings))

  /// Whole names that let a file be a report.
  static let files = Set(ReportFormats.all.flatMap { $0.names.files })

  /// Patterns for names that are meant as a report, whatever the file holds.
  static let meant = Set(ReportFormats.all.flatMap { $0.names.meant }).sorted().map { Glob($0) }

  /// Where runs are looked for when nobody says where, sorted.
  package static let places = Set(ownPlaces + ReportFormats.all.flatMap { $0.names.usualPaths }).sorted()

  /// The hidden names that a walk does not pass by.
  package static let hidden = HiddenNames(
    ReportFormats.all.flatMap { $0.names.hidden } + GoldenConventions.all.flatMap(\.hiddenNames) + otherHidden)
}
