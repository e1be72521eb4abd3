package import TriageModel

/// The stream that stands for a repository: the branch that others come from, and of its jobs the one of most runs.
package struct MainStream: Sendable {
  /// What people call it: `main, 3.12`; empty where there is one alone.
  package let words: String
  /// Its runs, oldest first.
  package let runs: [RunRecord]
}

extension VerdictJudge {
  /// The stream that stands for the runs that are wanted; of jobs with as many runs that of the newest run. Without any
  /// run of the base branch the branch of most runs stands for it.
  package func mainStream(where isWanted: (RunKey) -> Bool) -> MainStream {
    struct Key: Hashable {
      let branch: Int
      let parts: Int
    }
    var groups: [Key: [Int]] = [:]
    for place in timeline.runs.indices where isWanted(timeline.runs[place].key) {
      let key = Key(branch: streams.branchOfRun[place], parts: streams.parts(ofRun: place, leg: ""))
      groups[key, default: []].append(place)
    }
    let ofBase = groups.filter { $0.key.branch == 0 }
    let chosen = (ofBase.isEmpty ? groups : ofBase).max { left, right in
      (left.value.count, left.value.last ?? 0) < (right.value.count, right.value.last ?? 0)
    }
    guard let chosen else { return MainStream(words: "", runs: []) }
    let words = Stream(branch: streams.branches[chosen.key.branch], parts: streams.names(chosen.key.parts)).words
    return MainStream(words: words, runs: chosen.value.map { timeline.runs[$0] })
  }
}
