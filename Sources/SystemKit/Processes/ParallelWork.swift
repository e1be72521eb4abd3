internal import Foundation

/// Does blocking work on threads of its own, as many at a time as are asked for, whatever the number of cores.
package enum ParallelWork {
  /// What a thread is handed.
  private final class Work: Sendable {
    let next: @Sendable () -> (@Sendable () -> Void)?

    init(_ next: @escaping @Sendable () -> (@Sendable () -> Void)?) { self.next = next }

    func run() { while let piece = next() { piece() } }
  }

  /// Calls `next` from each thread until it has nothing more, does what it gives, and returns when all have ended.
  package static func run(threads: Int, _ next: @escaping @Sendable () -> (@Sendable () -> Void)?) {
    let work = Work(next)
    let started = (0..<max(1, threads)).compactMap { _ in start(work) }
    // Without a thread it is done here.
    if started.isEmpty { work.run() }
    for thread in started { pthread_join(thread, nil) }
  }

  /// Starts a thread; nil when the system has none left.
  private static func start(_ work: Work) -> pthread_t? {
    let box = Unmanaged.passRetained(work)
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(
        &thread, nil,
        { context in
          Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
          return nil
        }, box.toOpaque())
    #else
      var thread = pthread_t()
      let code = pthread_create(
        &thread, nil,
        { context in
          if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
          return nil
        }, box.toOpaque())
    #endif
    if code != 0 {
      box.release()
      return nil
    }
    return thread
  }
}
