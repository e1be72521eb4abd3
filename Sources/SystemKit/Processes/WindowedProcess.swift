internal import Dispatch

/// Starts a program that opens a window of its own, such as a graphical editor, and leaves it alone.
///
/// It gets neither the terminal's keys nor its screen, and nobody waits for it: the screen goes on at once.
package enum WindowedProcess {
  /// Starts `arguments`, whose first is the program, looked up in `PATH`.
  package static func start(_ arguments: [String], environment: [String: String]) throws(ProcessError) {
    let child = ChildProcess(identifier: try Spawn.start(arguments, environment: environment, Spawn.Setting()))
    // A program that nobody asks how it ended stays in the process table.
    DispatchQueue(label: "assay.windowed").async { child.waitForEnd() }
  }
}
