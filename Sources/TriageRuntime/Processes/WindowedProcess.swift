internal import Dispatch
internal import Foundation

/// Starts a program that opens a window of its own, such as a graphical editor, and leaves it alone.
///
/// It gets neither the terminal's keys nor its screen, and nobody waits for it: the screen goes on at once.
package enum WindowedProcess {
  /// Starts `arguments`, whose first is the program, looked up in `PATH`.
  package static func start(_ arguments: [String], environment: [String: String]) throws(ProcessError) {
    let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard nowhere >= 0 else { throw .system(String(cString: strerror(errno)).lowercased()) }
    defer { close(nowhere) }
    let child = try ChildProcess.spawn(arguments, environment: environment, output: nowhere)
    // A program that nobody asks how it ended stays in the process table.
    DispatchQueue(label: "assay.windowed").async { child.waitForEnd() }
  }
}
