/// The ids that golden changes are filtered by: those of the registries, as their tests hold.
package enum GoldenWords {
  /// The kinds of golden.
  package static let kinds = ["bytes", "csv", "ipynb", "json", "npy", "npz", "png", "text", "yaml"]

  /// The conventions by which tools keep goldens.
  package static let conventions = [
    "approvaltests", "assay-config", "assay-manifest", "go-golden", "insta", "jest", "matplotlib", "playwright",
    "pytest-mpl", "pytest-regressions", "pytest-regtest", "swift-snapshot-testing", "syrupy", "verify",
  ]
}
