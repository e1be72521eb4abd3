internal import Dispatch
internal import Synchronization
internal import Testing

@testable internal import TriageRuntime

@Suite final class LatestTests: Sendable {
  private let queue = DispatchQueue(label: "test.latest")
  private let answered = Mutex<[String]>([])

  @Test func onlyTheNewestOfWhatWaitsIsAnswered() {
    let (ones, others) = (Latest<String>(on: queue), Latest<String>(on: queue))
    queue.suspend()
    for word in ["a", "b", "c"] { ones.ask(word) { word, _ in self.answered.withLock { $0.append(word) } } }
    others.ask("d") { word, _ in self.answered.withLock { $0.append(word) } }
    queue.resume()
    queue.sync {}
    #expect(answered.withLock(\.self) == ["c", "d"])
  }

  @Test func whatIsBeingAnsweredKnowsThatANewerQuestionCame() {
    let questions = Latest<String>(on: queue)
    questions.ask("a") { word, turn in
      self.answered.withLock { $0.append("\(word) \(turn.number) \(turn.isWanted)") }
      questions.ask("b") { word, turn in self.answered.withLock { $0.append("\(word) \(turn.isWanted)") } }
      self.answered.withLock { $0.append("\(word) \(turn.isWanted)") }
    }
    queue.sync {}
    queue.sync {}
    #expect(answered.withLock(\.self) == ["a 1 true", "a false", "b true"])
    #expect(questions.number == 2)
  }
}
