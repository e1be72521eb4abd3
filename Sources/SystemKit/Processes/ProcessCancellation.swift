internal import Foundation
internal import Synchronization

/// Ends a program that another thread runs and waits for.
package final class ProcessCancellation: Sendable {
  private let flag = Mutex(false)
  private let pipe: PipeEnds?

  /// A cancellation for one run.
  package init() { pipe = PipeEnds() }

  deinit {
    if let pipe {
      close(pipe.reading)
      close(pipe.writing)
    }
  }

  /// Whether it was asked for.
  package var isCancelled: Bool { flag.withLock { $0 } }

  /// Asks for the program's end; asking again changes nothing.
  package func cancel() {
    let isFirst = flag.withLock { flag in
      defer { flag = true }
      return !flag
    }
    guard isFirst, let pipe else { return }
    var byte: UInt8 = 1
    _ = write(pipe.writing, &byte, 1)
  }

  /// What can be read once it was asked for; -1 when there is no pipe, where the flag is looked at now and then.
  var descriptor: Int32 { pipe?.reading ?? -1 }
}
