internal import CNcurses
internal import CTerminalGuard
internal import Foundation
internal import SystemKit
internal import TerminalKit

extension NcursesTerminal {
  /// Gives the terminal to `body`, which may run an editor on it, and takes it back.
  package func leave<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    guard isOpen else { return try body() }
    giveBack()
    terminal_guard_set_state(TERMINAL_GUARD_LENT)
    defer {
      terminal_guard_take_back()
      // A ^Z meant for the other program must not stop this one now.
      _ = Self.readAvailable(terminal_guard_notices())
      takeOver()
      flushinp()
    }
    return try body()
  }

  /// Stops the process as ^Z does, on a terminal in the state it was found in; returns when the process goes on.
  package func suspend() {
    guard isOpen else { return }
    giveBack()
    terminal_guard_stop()
    takeOver()
  }

  /// Puts the terminal into the state it was found in.
  private func giveBack() {
    def_prog_mode()
    leaveModes()
    endwin()
    terminal_guard_set_state(TERMINAL_GUARD_IDLE)
    errors?.pause()
  }

  /// Takes the terminal back and shows everything anew.
  func takeOver() {
    errors?.resume()
    terminal_guard_set_state(TERMINAL_GUARD_DRAWING)
    reset_prog_mode()
    enterModes()
    nc_repaint_all()
    wrefresh(nc_screen())
    adoptSize()
  }

  /// Turns mouse reports on or off; they are off at first, so that text can be selected.
  package func setMouse(_ isOn: Bool) {
    isMouseOn = isOn
    applyMouse()
  }

  /// Writes bytes that are no part of the screen, such as OSC 52 for the clipboard; they must be safe.
  package func write(outOfBand bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes { FileWriting.write($0, to: output) }
  }
}
