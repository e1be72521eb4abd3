/// What adding a run did.
package enum RunAdded: Sendable, Equatable {
  /// The run was not known.
  case added(results: Int, newTests: Int)
  /// The run was known, and the report told more of it.
  case completed(results: Int, newTests: Int)
  /// The store knew all of it.
  case known
}
