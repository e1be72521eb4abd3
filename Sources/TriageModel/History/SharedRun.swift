/// A run that many tests' standings name: one copy for all of them, since twenty thousand may break in one run.
@dynamicMemberLookup
package final class SharedRun: Sendable, Equatable {
  /// The run.
  package let record: RunRecord

  /// A run to be shared.
  package init(_ record: RunRecord) {
    self.record = record
  }

  /// What the run's record says.
  package subscript<Value>(dynamicMember path: KeyPath<RunRecord, Value>) -> Value { record[keyPath: path] }

  package static func == (left: SharedRun, right: SharedRun) -> Bool {
    left === right || left.record == right.record
  }
}
