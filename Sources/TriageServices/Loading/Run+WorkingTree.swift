internal import Foundation
package import TriageModel

extension Run {
  /// The run that left outputs beside the goldens of a repository, and no report.
  package static func workingTree(of root: String) -> Run {
    let name = root.split(separator: "/").last.map(String.init) ?? root
    var info = RunInfo(identity: RunIdentity(source: name, id: name))
    info.commit = GitObjects(root: root).head()
    info.commitTitle = info.commit.flatMap { CommitHeadings.read([$0], in: root)[$0]?.title }
    info.completeness = .incomplete(reasons: ["no report is here: only golden changes in the working tree are known"])
    return Run(info: info, table: TestTable())
  }
}
