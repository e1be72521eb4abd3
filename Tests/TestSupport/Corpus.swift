internal import Foundation

/// The real test results that lie beside a checkout, in `../shared/corpus`; tests that need them are skipped elsewhere.
package enum Corpus {
  /// The folder, an absolute path.
  package static let root: String = {
    let checkout = #filePath.split(separator: "/").dropLast(3)
    return "/" + (checkout.dropLast() + ["shared", "corpus"]).joined(separator: "/")
  }()

  /// Whether the folder is there.
  package static let exists = access(root + "/churn", F_OK) == 0

  /// What a skipped test says.
  package static let absence = "../shared/corpus is not beside the checkout"

  /// All files in a part of the corpus (`churn/runs`), as full paths, sorted.
  package static func files(in part: String) -> [String] {
    Files.all(in: root + "/" + part).sorted()
  }
}
