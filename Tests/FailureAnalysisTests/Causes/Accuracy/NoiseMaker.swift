import TestSupport

/// Fills the braces of a cause's message with what differs between two tellings of it.
struct NoiseMaker {
  var random: Seeded

  init(seed: UInt64) { random = Seeded(state: seed) }

  /// The text with each `{word}` replaced.
  mutating func fill(_ template: String) -> String {
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open] + value(of: rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  private mutating func value(of slot: Substring) -> String {
    switch slot {
    case "n": String(number(0, 9 + number(0, 1) * 90))
    case "count": String(number(2, 40))
    case "big": String(number(1_000, 9_000_000))
    case "float":
      ["\(number(0, 99)).\(number(1, 99_999))", "\(number(1, 9)).\(number(1, 999))e-0\(number(1, 9))"][number(0, 1)]
    case "hex": "0x" + letters("0123456789abcdef", 12)
    case "sha": "a7" + letters("0123456789abcdef", number(8, 30))
    case "uuid":
      [8, 4, 4, 4, 12].map { letters("0123456789abcdef", $0) }.joined(separator: "-")
    case "x": "\(number(1, 999))x\(number(1, 999))"
    case "shape": shape()
    case "list": "[" + (0..<number(1, 9)).map { _ in String(number(0, 999)) }.joined(separator: ", ") + "]"
    case "floats":
      "[" + (0..<number(2, 6)).map { _ in "\(number(0, 9)).\(number(10, 99))" }.joined(separator: ", ") + "]"
    case "tmp": "/tmp/tmp" + letters("abcdefghijklmnopqrstuvwxyz0123456789_", 8)
    case "pytest-tmp":
      "/tmp/pytest-of-runner/pytest-\(number(0, 99))/popen-gw\(number(0, 9))/test_save\(number(0, 9))/out.bin"
    case "mac-tmp":
      "/var/folders/zz/" + letters("abcdefghijklmn0123456789", 30) + "/T/tmp" + letters("abcdefgh01234567", 8)
    case "worker": "gw\(number(0, 15))"
    case "host": "ip-10-0-\(number(0, 255))-\(number(0, 255))"
    case "ip": "10.\(number(0, 255)).\(number(0, 255)).\(number(1, 254)):\(number(1_024, 65_000))"
    case "port": String(number(20_000, 65_000))
    case "time":
      "2026-0\(number(1, 9))-1\(number(0, 9))T0\(number(0, 9)):\(number(10, 59)):\(number(10, 59)).\(number(100, 999))Z"
    case "duration": ["\(number(1, 90)).\(number(10, 99))s", "\(number(1, 900))ms", "\(number(1, 60)) s"][number(0, 2)]
    case "size":
      ["\(number(1, 90)).\(number(10, 99)) GiB", "\(number(1, 900)) MiB", "\(number(1, 60)) bytes"][number(0, 2)]
    case "suffix": letters("0123456789abcdef", 3) + "7f" + letters("0123456789", 3)
    default: "{" + slot + "}"
    }
  }

  private mutating func shape() -> String {
    let parts = (0..<number(1, 4)).map { _ in String(number(1, 512)) }
    return parts.count == 1 ? "(\(parts[0]),)" : "(" + parts.joined(separator: ", ") + ")"
  }

  /// A number between two, both included.
  mutating func number(_ least: Int, _ most: Int) -> Int { Int.random(in: least...most, using: &random) }

  private mutating func letters(_ alphabet: String, _ count: Int) -> String {
    let alphabet = Array(alphabet)
    return String((0..<count).map { _ in alphabet[number(0, alphabet.count - 1)] })
  }
}
