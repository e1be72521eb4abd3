/// Where test tools leave their results when nobody says otherwise: what `assay` without a path looks for.
package enum UsualPlaces {
  /// Files and folders relative to the project; patterns as `PathExpansion` takes them.
  package static let patterns = [
    ".assay/runs", ".report.json", "TEST-*.xml", "build/reports/junit*.xml", "build/test-results", "junit*.xml",
    "nosetests.xml", "playwright-report", "pytest*.xml", "report.json", "report.xml", "reportlog.jsonl", "reports",
    "results.xml", "target/failsafe-reports", "target/nextest/*/junit.xml", "target/surefire-reports", "test-output",
    "test-reports", "test-results", "test-results.xml", "test_results", "*/build/test-results",
    "*/target/failsafe-reports", "*/target/surefire-reports",
  ]

  /// The places that exist in a folder, as paths that begin with that folder, sorted; empty folders do not count.
  package static func found(in folder: String, patterns: [String] = patterns) -> [String] {
    let found = PathExpansion(root: folder).paths(patterns)
    return found.map { folder == "." || folder.isEmpty ? $0 : folder + "/" + $0 }
  }
}
