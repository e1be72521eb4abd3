internal import Foundation

/// Keeps answers that a server names by a tag, so that asking again costs it, and the rate, nothing.
package struct HTTPCache: Sendable {
  private let folder: String
  private let name: @Sendable ([UInt8]) -> String

  private static let firstLine = "assay-answer 1"
  private static let kept = ["etag", "link", "content-type", "x-next-page", "x-ms-continuationtoken"]
  private static let largest = 4 << 20
  private static let most = 500

  /// A cache in a folder; `name` makes a file's name of what was asked.
  package init(folder: String, name: @escaping @Sendable ([UInt8]) -> String) {
    self.folder = folder
    self.name = name
  }

  private func path(_ request: HTTPRequest) -> String {
    folder + "/" + name(Array((request.address.text + "\n" + (request.headers["Accept"] ?? "")).utf8))
  }

  /// What was answered last.
  func answer(to request: HTTPRequest) -> HTTPResponse? {
    guard let bytes = try? RegularFile.bytes(path(request), limit: Self.largest + 8192),
      let end = bytes.firstRange(of: [0x0A, 0x0A])
    else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
    guard lines.first == Self.firstLine[...] else { return nil }
    var head = HTTPHead(status: 200)
    for line in lines.dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1).map(String.init)
      if sides.count == 2 { head.headers[sides[0]] = String(sides[1].dropFirst()) }
    }
    return HTTPResponse(head: head, body: Array(bytes[end.upperBound...]), address: request.address)
  }

  /// Keeps an answer that has a tag. A cache that cannot be written costs a question, and nothing else.
  func keep(_ response: HTTPResponse, of request: HTTPRequest) {
    guard response.head.status == 200, response.head.headers["etag"] != nil, response.body.count <= Self.largest,
      response.address == request.address, FilePath.makeFolder(folder)
    else { return }
    let lines = Self.kept.compactMap { key in response.head.headers[key].map { "\(key): \($0)" } }
    let bytes = Array(([Self.firstLine] + lines).joined(separator: "\n").utf8) + [0x0A, 0x0A] + response.body
    _ = bytes.withUnsafeBytes { FileWriting.replace(path(request), by: $0) }
    prune()
  }

  private func prune() {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder), names.count > Self.most else {
      return
    }
    let dated = names.map { name in
      let path = folder + "/" + name
      let time = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
      return (path: path, time: time ?? .distantPast)
    }
    for old in dated.sorted(by: { $0.time > $1.time }).dropFirst(Self.most / 2) { unlink(old.path) }
  }
}
