internal import Dispatch
internal import Synchronization

/// Answers one kind of question, and of these only the newest: one that waits behind a newer one is dropped, and one that
/// is being answered can ask whether it still is the newest.
///
/// This is the one rule for what is out of date: a question has its place here and a number, and the newest wins.
final class Latest<Question: Sendable>: Sendable {
  private let queue: DispatchQueue
  private let newest = Atomic(0)

  /// Questions that are answered on a queue, which other kinds may share.
  init(on queue: DispatchQueue) { self.queue = queue }

  /// The number of the newest question; 0 before the first.
  var number: Int { newest.load(ordering: .acquiring) }

  /// Asks: from now on older questions of the kind are out of date.
  func ask(_ question: Question, _ answer: @escaping @Sendable (Question, Turn) -> Void) {
    let turn = Turn(number: newest.add(1, ordering: .acquiringAndReleasing).newValue, newest: { self.number })
    queue.async { if turn.isWanted { answer(question, turn) } }
  }
}

/// A question's turn to be answered.
struct Turn: Sendable {
  /// The question's number.
  let number: Int
  fileprivate let newest: @Sendable () -> Int

  /// Whether no newer question was asked.
  var isWanted: Bool { newest() == number }
}
