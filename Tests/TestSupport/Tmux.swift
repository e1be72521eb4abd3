import Foundation
package import TerminalKit

/// Drives a real program in a real terminal: tmux, on a server of its own.
///
/// The program runs as a job of an interactive shell, so it can be suspended, and its exit status and the terminal's
/// settings before and after can be asked for. Waiting is by looking at the screen until a deadline.
package final class Tmux {
  /// What did not happen in time, with the screen as it was.
  package struct Failure: Error, CustomStringConvertible {
    /// What was waited for, and the screen.
    package var description: String
  }

  /// Whether tmux is there.
  package static let isInstalled = Shell.run(["tmux", "-V"]).status == 0

  /// How long to wait for anything. It only ends a test that hangs: a debug build that adds the example's forty runs
  /// beside the rest of the suite has taken 20 s.
  private static let patience: Double = 180
  private static let pause: UInt32 = 10_000

  private let socket: String
  /// A folder of this session, gone after `close`; the program's home.
  package let folder: String
  private var isOpen = true

  /// Starts a program in a terminal of a size. Its environment is only what is given, beside PATH, HOME (a new folder),
  /// TERM, LANG and TZ; it is told that it runs in tmux only when `knowsTmux` says so.
  package init(
    _ command: [String], environment: [String: String] = [:], size: Size = Size(width: 80, height: 24),
    term: String = "screen-256color", directory: String? = nil, knowsTmux: Bool = false
  ) throws {
    var template = Array("/tmp/assay-tmux-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(description: "could not make a folder") }
    folder = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    socket = folder + "/socket"
    try writeScripts(command, environment, term, directory, knowsTmux)
    let shell = "bash --noprofile --rcfile \(Self.quoted(folder + "/rc")) -i"
    let started = tmux(
      "-f", "/dev/null", "new-session", "-d", "-x", "\(size.width)", "-y", "\(size.height)", shell,
      ";", "set", "-g", "remain-on-exit", "on", ";", "set", "-g", "escape-time", "0", ";", "set", "-g", "status", "off")
    guard started.status == 0 else { throw Failure(description: "could not start tmux: \(started.errors)") }
    resize(size)
    try waitFor("ready>")
    _ = tmux("pipe-pane", "cat > " + Self.quoted(folder + "/output"))
    type(". \(folder)/run\n")
  }

  deinit { close() }

  // MARK: - Input

  /// Presses keys by tmux's names: `j`, `Enter`, `Escape`, `C-d`, `F1`, `Up`.
  package func send(_ keys: String...) {
    for key in keys {
      let before = screen
      _ = tmux("send-keys", key)
      // A key right behind ESC would be Alt and that key, so what ESC does must be seen first; some do nothing.
      if key == "Escape" { settle(from: before) }
    }
  }

  /// Types text, key by key.
  package func type(_ text: String) {
    _ = tmux("send-keys", "-l", "--", text)
  }

  /// Pastes text as a terminal does: in brackets where the program asked for them.
  package func paste(_ text: String) {
    _ = Shell.run(["tmux", "-S", socket, "load-buffer", "-"], input: text)
    _ = tmux("paste-buffer", "-p")
  }

  /// Gives the terminal another size.
  package func resize(_ size: Size) {
    _ = tmux("resize-window", "-x", "\(size.width)", "-y", "\(size.height)")
  }

  /// Sends the program a signal.
  package func kill(_ signal: Int32) throws {
    try waitUntil("the program's process id") { self.processID != nil }
    if let id = processID { Foundation.kill(id, signal) }
  }

  /// Brings a suspended program back, as the person's `fg` does.
  package func foreground() {
    unlink(folder + "/status")
    type("fg\n")
  }

  // MARK: - What can be seen

  /// The rows of the screen, without trailing blanks.
  package var screen: [String] {
    var rows = tmux("capture-pane", "-p").output.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    if rows.last == "" { rows.removeLast() }
    return rows
  }

  /// The rows with their colours and attributes as SGR codes.
  package var styledScreen: [String] {
    tmux("capture-pane", "-p", "-e").output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Every byte the program wrote to the terminal so far.
  package var output: [UInt8] { Self.bytes(folder + "/output") ?? [] }

  /// What was copied last into tmux's buffer; nil when nothing was.
  package var buffer: String? {
    let shown = tmux("show-buffer")
    return shown.status == 0 ? shown.output : nil
  }

  /// The command that shows this terminal in another one.
  package var attaching: [String] { ["tmux", "-S", socket, "attach"] }

  /// Lets programs in this terminal set the clipboard by OSC 52.
  package func takeClipboard() { tmux("set", "-g", "set-clipboard", "on") }

  /// Whether the alternate screen is on: a full-screen program has the terminal.
  package var isAlternateScreen: Bool { format("alternate_on") == "1" }

  /// Whether the cursor shows.
  package var isCursorVisible: Bool { format("cursor_flag") == "1" }

  /// Where the cursor is.
  package var cursor: Point { Point(x: Int(format("cursor_x")) ?? -1, y: Int(format("cursor_y")) ?? -1) }

  /// The program's process id, once it runs.
  package var processID: Int32? { text("pid").flatMap { Int32($0) } }

  /// The terminal's settings (`stty -a` without the size) before the program ran, and after it ended or was suspended.
  package var settings: (before: String?, after: String?) { (text("before"), text("after")) }

  // MARK: - Waiting

  /// Waits until the screen shows a text.
  package func waitFor(_ text: String) throws {
    try waitUntil("\"\(text)\" on the screen") { self.screen.contains { $0.contains(text) } }
  }

  /// Waits until the screen shows a text no more.
  package func waitUntilGone(_ text: String) throws {
    try waitUntil("\"\(text)\" gone from the screen") { !self.screen.contains { $0.contains(text) } }
  }

  /// Waits until the program ended or was suspended; the status is the shell's (148: suspended, 128 + n: signal n).
  @discardableResult
  package func waitForExit() throws -> Int {
    try waitUntil("the program's end") { self.text("status") != nil }
    return text("status").flatMap { Int($0) } ?? -1
  }

  /// Waits until something is so.
  package func waitUntil(_ what: String, _ isSo: () -> Bool) throws {
    let deadline = Self.now() + Self.patience
    while !isSo() {
      guard Self.now() < deadline else {
        throw Failure(description: "waited for \(what); the screen was\n" + screen.joined(separator: "\n"))
      }
      usleep(Self.pause)
    }
  }

  /// Ends the program and the server, and removes the folder.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    if let id = processID, text("status") == nil { Foundation.kill(id, SIGKILL) }
    _ = tmux("kill-server")
    _ = Shell.run(["rm", "-rf", folder])
  }

  // MARK: -

  private func settle(from before: [String]) {
    let deadline = Self.now() + 0.15
    while Self.now() < deadline, screen == before { usleep(Self.pause) }
  }

  /// Writes the shell's start file and the command. The status is taken before the next prompt, since a shell whose
  /// command died of SIGINT runs nothing else behind it.
  private func writeScripts(
    _ command: [String], _ environment: [String: String], _ term: String, _ directory: String?, _ knowsTmux: Bool
  ) throws {
    let place = Self.quoted(folder)
    let rc = """
      PS1='ready> '; HISTFILE=
      bind 'set enable-bracketed-paste off'
      PROMPT_COMMAND=finish
      finish() {
        code=$?
        [ -e \(place)/pid ] || return
        stty -a | tail -n +2 > \(place)/after
        echo $code > \(place)/status.new
        mv \(place)/status.new \(place)/status
      }
      stty -a | tail -n +2 > \(place)/before
      """
    let variables = [
      "TERM": term, "HOME": folder, "LANG": "C.UTF-8", "TZ": "UTC", "PATH": Self.path,
    ].merging(environment) { $1 }
    let tmux = knowsTmux ? #""TMUX=$TMUX" "TMUX_PANE=$TMUX_PANE""# : ""
    let words = variables.map { "\($0.key)=\($0.value)" } + ["sh", "-c"]
    let run = """
      clear
      \(directory.map { "cd " + Self.quoted($0) } ?? "")
      env -i \(tmux) \(words.map(Self.quoted).joined(separator: " ")) 'echo $$ > "$0"; exec "$@"' \(place)/pid \
      \(command.map(Self.quoted).joined(separator: " "))
      """
    for (name, text) in [("rc", rc), ("run", run)] {
      guard let file = fopen(folder + "/" + name, "w") else { throw Failure(description: "could not write \(name)") }
      fputs(text + "\n", file)
      fclose(file)
    }
  }

  @discardableResult
  private func tmux(_ arguments: String...) -> Shell.Result {
    Shell.run(["tmux", "-S", socket] + arguments, environment: ["TMUX": nil, "LANG": "C.UTF-8", "LC_ALL": nil])
  }

  private func format(_ name: String) -> String {
    tmux("display-message", "-p", "#{\(name)}").output.split(separator: "\n").first.map(String.init) ?? ""
  }

  private func text(_ name: String) -> String? {
    guard let bytes = Self.bytes(folder + "/" + name), bytes.last == 0x0A else { return nil }
    return String(decoding: bytes.dropLast(), as: UTF8.self)
  }

  private static var path: String { getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin" }

  private static func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
    return bytes
  }

  private static func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
