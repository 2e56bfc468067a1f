import Foundation
import Glibc
import Synchronization

/// A small server for HTTP that answers as badly as it is told to, over real sockets of this machine.
///
/// A request is answered by steps: bytes as they are, drop by drop, for ever, or not at all. What was asked is kept.
/// After the last step the connection is closed, unless that is `.keepOpen`.
package final class FaultyServer: Sendable {
  /// One thing that the server does.
  package enum Step: Sendable {
    /// Sends these bytes.
    case send([UInt8])
    /// Sends them one by one, with two milliseconds in between.
    case drip([UInt8])
    /// Sends them again and again until the client goes.
    case flood([UInt8])
    /// Does nothing until the client goes, which is counted.
    case stall
    /// Waits until `FaultyServer.release` is called or the client goes.
    case hold
    /// Ends the connection the hard way (RST).
    case reset
    /// Reads the next request from the same connection.
    case keepOpen
    /// Sends what this makes at that moment: bytes that know when they were sent.
    case make(@Sendable () -> [UInt8])
    /// Lets so many seconds go by.
    case rest(Double)

    /// Sends a text.
    package static func text(_ text: String) -> Step { .send(Array(text.utf8)) }

    /// Sends a whole answer, its length with it unless `headers` (whole lines) say one.
    package static func reply(
      _ status: Int = 200, _ body: String = "", headers: [String] = [], type: String = "text/plain"
    ) -> Step { reply(status, bytes: Array(body.utf8), headers: headers, type: type) }

    /// Sends a whole answer, its length with it unless `headers` (whole lines) say one.
    package static func reply(_ status: Int = 200, bytes: [UInt8], headers: [String] = [], type: String) -> Step {
      let hasLength = headers.contains { $0.lowercased().hasPrefix("content-length") }
      let lines =
        ["HTTP/1.1 \(status) Told", "Content-Type: \(type)"] + headers
        + (hasLength ? [] : ["Content-Length: \(bytes.count)"])
      return .send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + bytes)
    }

    /// Sends a redirect.
    package static func redirect(_ status: Int = 302, to place: String) -> Step {
      reply(status, "elsewhere", headers: ["Location: \(place)"])
    }
  }

  private let core: FaultyServerCore

  /// Answers a request for a path, without its query, by the steps of `paths`, or 404.
  /// - Parameter host: an address of this machine; `127.0.0.2` is another host than `127.0.0.1`.
  /// - Throws: `SupportError` if there is no socket.
  package convenience init(host: String = "127.0.0.1", _ paths: [String: [Step]]) throws {
    try self.init(host: host) { paths[$0.path] ?? [.reply(404)] }
  }

  /// Answers by what `answer` says to a request; it is called on the connection's own thread.
  /// - Throws: `SupportError` if there is no socket.
  package init(host: String = "127.0.0.1", answer: @escaping @Sendable (FaultyRequest) -> [Step]) throws {
    core = try FaultyServerCore(host: host, answer: answer)
    let core = core
    Thread.detachNewThread { core.accept() }
  }

  deinit { core.stop() }

  /// The port that it listens at.
  package var port: Int { core.port }

  /// The address of `path`.
  package func url(_ path: String) -> String { "http://\(core.host):\(port)\(path)" }

  /// What was asked so far.
  package var requests: [FaultyRequest] { core.log.withLock { $0.requests } }

  /// Connections so far.
  package var connections: Int { core.log.withLock { $0.connections } }

  /// Clients that went while the server stalled, flooded, held or rested.
  package var departures: Int { core.log.withLock { $0.departures } }

  /// Lets go on whoever waits at `.hold`, one each time.
  package func release() { core.log.withLock { $0.released += 1 } }
}

/// A request as the server got it.
package struct FaultyRequest: Sendable {
  /// The word in front.
  package let method: String
  /// The path without its query.
  package let path: String
  /// What stands after the question mark.
  package let query: String
  /// The header lines, as they came.
  package let lines: [String]
  /// The body.
  package let body: [UInt8]

  /// The value of a header, nil where there is none.
  package subscript(name: String) -> String? {
    lines.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }

  /// The body as text.
  package var text: String { String(decoding: body, as: UTF8.self) }

  /// A field of a form.
  package struct Field: Sendable {
    /// Its header lines.
    package let lines: [String]
    /// What is in it.
    package let bytes: [UInt8]

    /// What is in it, as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// The fields of a form called `name`, in order.
  package func fields(_ name: String) -> [Field] {
    form.filter {
      $0.lines.contains { $0.lowercased().hasPrefix("content-disposition") && $0.contains("name=\"\(name)\"") }
    }
  }

  /// The fields of a form.
  package var form: [Field] {
    guard let type = self["content-type"], let mark = type.range(of: "boundary=") else { return [] }
    let border = Data("\r\n--\(type[mark.upperBound...])".utf8)
    var (rest, fields) = (Data("\r\n".utf8) + Data(body), [Field]())
    while let start = rest.range(of: border), let end = rest[start.upperBound...].range(of: border) {
      let part = rest[(start.upperBound + 2)..<end.lowerBound]
      if let blank = part.range(of: Data("\r\n\r\n".utf8)) {
        let head = String(decoding: part[..<blank.lowerBound], as: UTF8.self)
        fields.append(Field(lines: head.components(separatedBy: "\r\n"), bytes: Array(part[blank.upperBound...])))
      }
      rest = Data(rest[end.lowerBound...])
    }
    return fields
  }
}

/// The sockets of a server, shared with its threads.
private final class FaultyServerCore: Sendable {
  struct Log {
    var requests: [FaultyRequest] = []
    var (connections, departures, released) = (0, 0, 0)
    var sockets: Set<Int32> = []
    var isOver = false
  }

  let host: String
  let port: Int
  let log = Mutex(Log())
  private let listener: Int32
  private let answer: @Sendable (FaultyRequest) -> [FaultyServer.Step]

  init(host: String, answer: @escaping @Sendable (FaultyRequest) -> [FaultyServer.Step]) throws {
    (self.host, self.answer) = (host, answer)
    let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, host, &address.sin_addr)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(made, $0, size) == 0 && listen(made, 16) == 0 && getsockname(made, $0, &size) == 0
      }
    }
    guard isBound else { throw SupportError("no server at \(host)", errno) }
    listener = made
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  func accept() {
    while true {
      let socket = Glibc.accept(listener, nil, nil)
      guard socket >= 0 else { break }
      _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
      let isOver = log.withLock { log in
        log.connections += 1
        log.sockets.insert(socket)
        return log.isOver
      }
      if isOver { shutdown(socket, Int32(SHUT_RDWR)) }
      Thread.detachNewThread { self.serve(socket) }
    }
    close(listener)
  }

  func stop() {
    log.withLock { log in
      log.isOver = true
      for socket in log.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve(_ socket: Int32) {
    var (isOpen, isReset) = (true, false)
    while isOpen, let request = read(socket) {
      log.withLock { $0.requests.append(request) }
      isOpen = false
      for step in answer(request) {
        if case .keepOpen = step { isOpen = true }
        if case .reset = step { isReset = true }
        guard perform(step, socket) else { break }
      }
    }
    log.withLock { _ = $0.sockets.remove(socket) }
    // A child that was started in between may hold the socket too.
    if !isReset { shutdown(socket, Int32(SHUT_RDWR)) }
    close(socket)
  }

  /// Does one thing; false where there is nobody left to do it for.
  private func perform(_ step: FaultyServer.Step, _ socket: Int32) -> Bool {
    switch step {
    case .send(let bytes): return put(bytes, socket)
    case .drip(let bytes):
      for byte in bytes {
        guard put([byte], socket) else { return false }
        usleep(2_000)
      }
      return true
    case .flood(let bytes):
      while put(bytes, socket) {}
    case .stall:
      while !isGone(socket, waitingMilliseconds: 1_000) {}
    case .hold:
      while !isGone(socket, waitingMilliseconds: 2) {
        let isReleased = log.withLock { log in
          defer { log.released -= log.released > 0 ? 1 : 0 }
          return log.released > 0
        }
        if isReleased { return true }
      }
    case .reset:
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
      return false
    case .keepOpen: return true
    case .make(let make): return put(make(), socket)
    case .rest(let seconds):
      if !isGone(socket, waitingMilliseconds: Int32(seconds * 1_000)) { return true }
    }
    log.withLock { $0.departures += 1 }
    return false
  }

  private func isGone(_ socket: Int32, waitingMilliseconds: Int32) -> Bool {
    var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, waitingMilliseconds) > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    return recv(socket, &bytes, bytes.count, 0) <= 0
  }

  private func put(_ bytes: [UInt8], _ socket: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  private func read(_ socket: Int32) -> FaultyRequest? {
    let blank = Data("\r\n\r\n".utf8)
    var (data, piece) = (Data(), [UInt8](repeating: 0, count: 65_536))
    func more() -> Bool {
      let count = recv(socket, &piece, piece.count, 0)
      if count > 0 { data += piece[..<count] }
      return count > 0
    }
    while data.range(of: blank) == nil { guard more() else { return nil } }
    guard let end = data.range(of: blank) else { return nil }
    let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].components(separatedBy: " ")
    let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
    while data.count - end.upperBound < length ?? 0 { guard more() else { return nil } }
    let place = words.dropFirst().first?.components(separatedBy: "?") ?? []
    return FaultyRequest(
      method: words[0], path: place.first ?? "", query: place.dropFirst().joined(separator: "?"),
      lines: Array(lines.dropFirst()), body: Array(data[end.upperBound...].prefix(length ?? 0)))
  }
}
