internal import TestQueries
internal import TriageModel
internal import TriageOutput
internal import TriageRuntime

/// Which tests are listed, and how.
struct ListChoice {
  var isAll = false
  var filter = ""
  var group = GroupChoice.suite
}

/// The list of tests, as `list` and `assay PATH…` into a pipe print it.
struct ListAnswer {
  private let filter: TestFilter
  private let grouping: Grouping
  private let isAll: Bool
  private let owners: OwnerLookup

  /// Understands what was asked for.
  init(_ choice: ListChoice, owners: OwnerLookup) throws(CommandFailure) {
    guard let grouping = choice.group.grouping else {
      throw .wrong("could not group by \(choice.group.rawValue): that needs the history of more runs than are given")
    }
    self.grouping = grouping
    do throws(FilterError) {
      filter = try TestFilter(parsing: choice.filter)
    } catch {
      throw .wrong("could not read the filter: \(error)")
    }
    isAll = choice.isAll || filter.asksForOutcome
    self.owners = owners
  }

  /// Says on standard error what the answer leaves out.
  func remark(on loaded: LoadedRuns) {
    for note in filter.notes + loaded.warnings { StandardError.write("assay: \(note)") }
  }

  /// Writes the list for people.
  func write(_ runs: [Run], _ style: TextStyle, to sink: OutputSink) {
    RunListText(style: style, grouping: grouping, isFailingOnly: !isAll && filter.isEmpty, owner: owner)
      .write(runs, tests: tests, to: sink)
  }

  /// Writes the documented object.
  func writeJSON(_ runs: [Run], to sink: OutputSink) {
    RunListJSON.write(runs, tests: tests, to: sink)
  }

  private func tests(of run: Run) -> [TestIndex] {
    filter.tests(in: run, among: isAll ? nil : run.table.tests(where: \.isFailing), owner: owner(of: run))
  }

  private func owner(of run: Run) -> (TestIndex) -> String? {
    { owners.owner(of: $0, in: run) }
  }
}
