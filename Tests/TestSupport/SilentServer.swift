internal import Foundation

/// A server on the loopback that takes connections and answers none of them; or that lets the first one log in, as
/// PostgreSQL does, and is silent from then on.
package final class SilentServer {
  private let listener: Int32
  /// The address of a database there.
  package let address: String

  /// Begins to listen.
  package init(letsIn: Bool) {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    withUnsafeMutablePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        _ = bind(listener, place, size)
        _ = getsockname(listener, place, &size)
      }
    }
    listen(listener, 16)
    address =
      "postgres://127.0.0.1:\(UInt16(bigEndian: place.sin_port))/x?user=me&sslmode=disable&gssencmode=disable"
      + "&connect_timeout=2"
    if letsIn { Thread.detachNewThread { Self.letIn(listener) } }
  }

  deinit { close(listener) }

  /// Reads the packet that begins a connection, and answers as PostgreSQL does to whom it trusts.
  private static func letIn(_ listener: Int32) {
    let client = accept(listener, nil, nil)
    var packet = [UInt8](repeating: 0, count: 1000)
    guard recv(client, &packet, packet.count, 0) > 0 else { return }
    let parameter = Array("server_encoding\0UTF8\0".utf8)
    var answer: [UInt8] = [UInt8(ascii: "R"), 0, 0, 0, 8, 0, 0, 0, 0]
    answer += [UInt8(ascii: "S"), 0, 0, 0, UInt8(4 + parameter.count)] + parameter
    answer += [UInt8(ascii: "Z"), 0, 0, 0, 5, UInt8(ascii: "I")]
    _ = send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
    // What it asks is read, and that is all.
    while recv(client, &packet, packet.count, 0) > 0 { continue }
    close(client)
  }
}
