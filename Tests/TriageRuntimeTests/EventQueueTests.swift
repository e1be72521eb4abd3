import Foundation
import Testing
import TriageMessages

@testable import TriageRuntime

@Suite struct EventQueueTests {
  @Test func wakesOnceAndGivesEverythingInOrder() throws {
    let queue = try #require(EventQueue())
    for number in 0..<5 { queue.post(.notice(Notice(.info, "\(number)"))) }
    var file = pollfd(fd: queue.wakeHandle, events: Int16(POLLIN), revents: 0)
    #expect(poll(&file, 1, 0) == 1)
    #expect(queue.take() == (0..<5).map { .notice(Notice(.info, "\($0)")) })
    #expect(poll(&file, 1, 0) == 0)
    queue.post(.filesChanged)
    #expect(poll(&file, 1, 0) == 1)
    #expect(queue.take() == [.filesChanged])
  }

  @Test func aNewerCountReplacesAnOlderOneThatNobodySaw() throws {
    let queue = try #require(EventQueue())
    for tests in [1, 2, 3] { queue.post(.loading(LoadCount(phase: "reading", files: 1, tests: tests, bytes: 0))) }
    #expect(queue.take() == [.loading(LoadCount(phase: "reading", files: 1, tests: 3, bytes: 0))])
  }

  @Test func manyThreadsLoseNothing() async throws {
    let queue = try #require(EventQueue())
    await withTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask { for number in 0..<200 { queue.post(.notice(Notice(.info, "\(thread) \(number)"))) } }
      }
    }
    #expect(Set(queue.take().map { "\($0)" }).count == 1600)
  }
}
