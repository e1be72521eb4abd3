/// Dates and times, in the forms of Kubernetes triage (`summarize/text.go`) and those of test tools.
extension NoiseScanner {
  /// Past a time that begins with a digit here.
  func numberedTimeEnd() -> Int? {
    let digits = digitRun(position)
    switch digits {
    case 4 where byte(position + 4) == 0x2D: return isoEnd()
    case 8 where byte(position + 8) == 0x54: return compactEnd()
    case 1, 2:
      if let clock = clockEnd(position) { return clock }
      return slashedEnd()
    default: return nil
    }
  }

  /// Past a time that begins with a name: `Mon, 12 January 2017 11:34:35 -0700`, `Jan 1 00:00:00`, `I0102 15:04:05.000`.
  func namedTimeEnd() -> Int? {
    let end = wordEnd(position)
    if end - position == 5, digitRun(position + 1) == 4, [0x49, 0x57, 0x45, 0x46].contains(byte(position)),
      byte(end) == 0x20
    {
      return clockEnd(end + 1)
    }
    guard mayBeName, isName(position..<end, Self.days) || isName(position..<end, Self.months) else { return nil }
    // Within a handful of names, numbers and signs there is a clock, or it is no time.
    var next = end
    for _ in 0..<5 {
      while byte(next) == 0x20 || byte(next) == 0x2C { next += 1 }
      if let clock = clockEnd(next) { return yearAndZoneEnd(clock) }
      let word = wordEnd(next)
      let range = next..<word
      guard word > next, digitRun(next) == word - next || isName(range, Self.months) else { return nil }
      next = word
    }
    return nil
  }

  /// Whether the first three letters are those of a day or a month: most words end here.
  private var mayBeName: Bool {
    let letters =
      UInt32(byte(position) | 0x20) << 16 | UInt32(byte(position + 1) | 0x20) << 8 | UInt32(byte(position + 2) | 0x20)
    return Self.openings.contains(letters)
  }

  private static let openings = Set(
    (days + months).map { name in
      (0..<3).reduce(UInt32(0)) { $0 << 8 | UInt32(name.utf8Start[$1]) }
    })

  private func digitRun(_ start: Int) -> Int {
    var end = start
    while ByteClass.isDigit(byte(end)), end - start < 20 { end += 1 }
    return end - start
  }

  /// Past `15:04:05`, its fraction and zone; minutes alone are no clock.
  private func clockEnd(_ start: Int) -> Int? {
    var end = start
    for part in 0..<3 {
      if part > 0 {
        guard byte(end) == 0x3A else { return nil }
        end += 1
      }
      let run = digitRun(end)
      guard run == 2 || (run == 1 && part == 0) else { return nil }
      end += run
    }
    if byte(end) == 0x2E || byte(end) == 0x2C, ByteClass.isDigit(byte(end + 1)) { end += 1 + digitRun(end + 1) }
    end = zoneEnd(end)
    return ByteClass.isWord(byte(end)) || byte(end) == 0x3A && ByteClass.isDigit(byte(end + 1)) ? nil : end
  }

  private func zoneEnd(_ start: Int) -> Int {
    if byte(start) == 0x5A { return start + 1 }
    guard byte(start) == 0x2B || byte(start) == 0x2D else { return start }
    let run = digitRun(start + 1)
    if run == 4 { return start + 5 }
    if run == 2, byte(start + 3) == 0x3A, digitRun(start + 4) == 2 { return start + 6 }
    return run == 2 ? start + 3 : start
  }

  /// Past ` -0700`, ` GMT`, ` 2006` after a clock.
  private func yearAndZoneEnd(_ clock: Int) -> Int {
    var end = clock
    for _ in 0..<2 where byte(end) == 0x20 {
      let word = wordEnd(end + 1)
      if digitRun(end + 1) == 4, word == end + 5 {
        end = word
      } else if isName(end + 1..<word, ["gmt", "utc", "cet", "cest", "pst", "pdt", "est", "edt"]) {
        end = word
      } else if zoneEnd(end + 1) > end + 1 {
        end = zoneEnd(end + 1)
      }
    }
    return end
  }

  /// Past `2006-01-02`, and the clock after it.
  private func isoEnd() -> Int? {
    guard digitRun(position + 5) == 2, byte(position + 7) == 0x2D, digitRun(position + 8) == 2 else { return nil }
    let date = position + 10
    switch byte(date) {
    case 0x54, 0x20, 0x5F:
      if let clock = clockEnd(date + 1) { return clock }
      if digitRun(date + 1) == 2, byte(date + 3) == 0x3A, digitRun(date + 4) == 2 {
        let end = zoneEnd(date + 6)
        if !ByteClass.isWord(byte(end)) { return end }
      }
    default: break
    }
    return ByteClass.isWord(byte(date)) ? nil : date
  }

  /// Past `20060102T150405Z`.
  private func compactEnd() -> Int? {
    guard digitRun(position + 9) == 6 else { return nil }
    let end = byte(position + 15) == 0x5A ? position + 16 : position + 15
    return ByteClass.isWord(byte(end)) ? nil : end
  }

  /// Past `12/10/25 13:52:29`.
  private func slashedEnd() -> Int? {
    var end = position
    for part in 0..<3 {
      if part > 0 {
        guard byte(end) == 0x2F else { return nil }
        end += 1
      }
      let run = digitRun(end)
      guard run == 2 || run == 1 || (run == 4 && part == 2) else { return nil }
      end += run
    }
    return byte(end) == 0x20 ? clockEnd(end + 1) : nil
  }

  private func isName(_ range: Range<Int>, _ names: [StaticString]) -> Bool {
    for name in names where name.equalsIgnoringCase(bytes, range) { return true }
    return false
  }

  private static let days: [StaticString] = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday",
  ]
  private static let months: [StaticString] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december",
  ]
}
