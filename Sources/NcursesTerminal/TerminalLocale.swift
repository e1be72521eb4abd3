internal import CNcurses

/// The character encoding that libc, and ncurses with it, works in.
enum TerminalLocale {
  /// Sets a UTF-8 locale where there is one; returns whether the terminal is to be taken for one of ASCII only.
  ///
  /// A process begins in the C locale, where ncurses turns every character beyond ASCII into garbage.
  static func prepare() -> Bool {
    _ = setlocale(LC_CTYPE, "")
    if isUTF8 { return false }
    // `C` and `POSIX` say nothing about the terminal; a named other encoding does.
    let saysOther = !["ANSI_X3.4-1968", "US-ASCII", "646"].contains(codeset)
    for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUTF8 {
      return saysOther
    }
    return true
  }

  private static var codeset: String { nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? "" }

  private static var isUTF8: Bool { codeset.uppercased() == "UTF-8" }
}
