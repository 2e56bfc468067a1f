import Foundation
import Glibc
import Support
import Synchronization
import Testing

@testable import Network

/// What is sent, how much of it, and how it ends before its end.
struct ClientTests {
  @Test func `the method, headers and bytes are sent as they are`() throws {
    let server = try FaultyServer { request in [.reply(bytes: request.body, type: "x/y")] }
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let rows: [(method: String, body: HTTPRequest.Body, expected: [UInt8])] = [
      ("GET", .none, []), ("POST", .none, []), ("DELETE", .none, []), ("POST", .bytes([], type: "a/b"), []),
      ("POST", .bytes([0, 13, 10, 255], type: "a/b"), [0, 13, 10, 255]), ("PUT", .bytes(bytes, type: "a/b"), bytes),
    ]
    for row in rows {
      let asked = ask(
        HTTPRequest(
          method: row.method, url: server.url("/p?q=r"), headers: [.init("Accept", "text/x"), .init("X-Empty", "")],
          body: row.body))
      #expect(asked.body == row.expected && asked.isInOrder && asked.error == nil)
      let seen = try #require(server.requests.last)
      #expect(seen.method == row.method && seen.path == "/p" && seen.query == "q=r" && seen.body == row.expected)
      #expect(seen["accept"] == "text/x" && seen["x-empty"] == "" && seen["user-agent"] == "rostrum")
      #expect(seen["expect"] == nil && seen["cookie"] == nil && seen["accept-encoding"] == nil)
      if case .bytes = row.body { #expect(seen["content-type"] == "a/b") }
    }
  }

  @Test func `a form has all its fields`() throws {
    let server = try FaultyServer { _ in [.reply(200, headers: ["Set-Cookie: a=b"])] }
    let parts = [
      FormPart(name: "model", text: "whisper-1"), FormPart(name: "list[]", text: "one"),
      FormPart(name: "list[]", text: "two"), FormPart(name: "empty", bytes: []),
      FormPart(name: "file", fileName: "a \"b\".wav", type: "audio/wav", bytes: [0, 13, 10, 45, 45, 255]),
    ]
    let client = HTTPClient()
    for _ in 0..<2 {
      #expect(ask(HTTPRequest(method: "POST", url: server.url("/"), body: .form(parts)), of: client).error == nil)
    }
    let seen = try #require(server.requests.last)
    #expect(seen.method == "POST" && seen["content-type"]?.hasPrefix("multipart/form-data; boundary=") == true)
    #expect(seen["cookie"] == nil && seen.form.count == parts.count)
    #expect(seen.fields("model").map(\.text) == ["whisper-1"] && seen.fields("list[]").map(\.text) == ["one", "two"])
    #expect(seen.fields("file").map(\.bytes) == [[0, 13, 10, 45, 45, 255]])
    #expect(seen.fields("file")[0].lines.contains { $0.lowercased() == "content-type: audio/wav" })
  }

  @Test(arguments: [
    HTTPHeader("X-A", "b\r\nX-C: d"), HTTPHeader("X A", "b"), HTTPHeader("", "b"), HTTPHeader("X-A\n", "b"),
    HTTPHeader("X-A", "b\u{0}"),
  ])
  func `a header that would become two is refused`(header: HTTPHeader) throws {
    let server = try FaultyServer { _ in [.reply()] }
    for request in [
      HTTPRequest(url: server.url("/"), headers: [header]), HTTPRequest(url: server.url("/"), secret: header),
      HTTPRequest(method: "GET /x HTTP/1.1\r\nA:", url: server.url("/")),
      HTTPRequest(method: "POST", url: server.url("/"), body: .bytes([], type: header.value + "\r\nA: b")),
    ] { #expect(ask(request).error?.kind == .failed) }
    #expect(server.requests.isEmpty)
  }

  @Test func `offline nothing is opened, and a client that never sends has no thread`() throws {
    let server = try FaultyServer { _ in [.reply()] }
    let client = HTTPClient(isOffline: true)
    let asked = Asked()
    let transfer = client.send(HTTPRequest(url: server.url("/"))) { asked.tell($0) }
    #expect(asked.news == [.failed(NetworkError(.offline, operation: "check"))])
    transfer.cancel()
    #expect(!client.hasThread && !HTTPClient().hasThread && server.connections == 0)
    let other = HTTPClient()
    #expect(ask(HTTPRequest(url: "http://example.invalid/"), of: other).error?.kind == .plainRefused)
    #expect(ask(HTTPRequest(url: "nonsense"), of: other).error?.kind == .badAddress)
    #expect(!other.hasThread)
    #expect(ask(HTTPRequest(url: server.url("/")), of: other).status == 200 && other.hasThread)
  }

  @Test(arguments: ["nothing", "half a head", "half a body", "a flood", "a slow one"])
  func `a cancel ends it, whatever the server does`(how: String) throws {
    let head = FaultyServer.Step.text("HTTP/1.1 200 On\r\n\r\n")
    let steps: [String: [FaultyServer.Step]] = [
      "nothing": [.stall], "half a head": [.text("HTTP/1.1 200 On\r\nA"), .stall], "half a body": [head, .stall],
      "a flood": [head, .flood([UInt8](repeating: 97, count: 999))],
      "a slow one": [head, .drip([UInt8](repeating: 97, count: 99_999))],
    ]
    let (server, client, asked) = (try FaultyServer(["/": steps[how, default: []]]), HTTPClient(), Asked())
    let transfer = client.send(HTTPRequest(url: server.url("/"), byteLimit: .max)) { asked.tell($0) }
    #expect(eventually { !server.requests.isEmpty })
    transfer.cancel()
    transfer.cancel()
    #expect(asked.wait().error?.kind == .cancelled && asked.isInOrder)
    transfer.cancel()
    // The client is as good as before.
    #expect(ask(HTTPRequest(url: server.url("/else")), of: client).status == 404 && asked.isInOrder)
  }

  @Test func `the thread has a name, and no child inherits its sockets`() throws {
    let server = try FaultyServer { _ in [.stall] }
    let client = HTTPClient()
    client.send(HTTPRequest(url: server.url("/"))) { _ in }
    #expect(eventually { !server.requests.isEmpty })
    let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
    let names = threads.map { try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8) }
    #expect(names.contains("network\n"))
    // The descriptors of ours that a child would see as the server's port.
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
    let inherited = open.filter { descriptor in
      var (address, size) = (sockaddr_in(), socklen_t(MemoryLayout<sockaddr_in>.size))
      let isPeer = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) == 0 }
      }
      return isPeer && address.sin_family == AF_INET && UInt16(bigEndian: address.sin_port) == server.port
        && fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0
    }
    #expect(inherited.isEmpty)
  }

  @Test func `who hears the news may cancel and ask again`() throws {
    let server = try FaultyServer(["/": [.text("HTTP/1.1 200 On\r\n\r\nx"), .stall], "/next": [.reply(200, "next")]])
    let (client, first, second) = (HTTPClient(), Asked(), Asked())
    let transfer = Mutex<HTTPTransfer?>(nil)
    let url = server.url("/next")
    transfer.withLock {
      $0 = client.send(HTTPRequest(url: server.url("/"))) { [weak client] news in
        first.tell(news)
        if case .bytes = news { transfer.withLock { $0?.cancel() } }
        if news.error != nil { client?.send(HTTPRequest(url: url)) { second.tell($0) } }
      }
    }
    #expect(second.wait().text == "next" && first.isInOrder && first.error?.kind == .cancelled)
  }

  @Test func `a client that goes takes its transfers along`() throws {
    let server = try FaultyServer { _ in [.stall] }
    let all = (0..<12).map { _ in Asked() }
    do {
      let client = HTTPClient()
      for asked in all { client.send(HTTPRequest(url: server.url("/"))) { asked.tell($0) } }
      #expect(eventually { server.requests.count == Exchange.workLimit })
    }
    #expect(all.allSatisfy { $0.wait().error?.kind == .cancelled && $0.isInOrder })
    #expect(eventually { server.departures == Exchange.workLimit })
  }

  @Test func `more than a few wait for their turn, and more than that are refused`() throws {
    let server = try FaultyServer { _ in [.hold, .reply(200, "at last")] }
    let client = HTTPClient()
    let all = (0..<HTTPClient.openLimit).map { _ in Asked() }
    for asked in all { client.send(HTTPRequest(url: server.url("/"))) { asked.tell($0) } }
    #expect(ask(HTTPRequest(url: server.url("/")), of: client).error?.kind == .tooMany)
    for _ in all { server.release() }
    #expect(all.allSatisfy { $0.wait().text == "at last" && $0.isInOrder })
    #expect(server.requests.count == HTTPClient.openLimit)
  }

  @Test func `one that waits for its turn can be cancelled, and its time can be over`() throws {
    let server = try FaultyServer { _ in [.stall] }
    let client = HTTPClient()
    for _ in 0..<Exchange.workLimit { client.send(HTTPRequest(url: server.url("/"))) { _ in } }
    let (early, late) = (Asked(), Asked())
    client.send(HTTPRequest(url: server.url("/"), patience: .init(totalSeconds: 0.05))) { early.tell($0) }
    #expect(early.wait().error?.kind == .timedOut)
    client.send(HTTPRequest(url: server.url("/"))) { late.tell($0) }.cancel()
    #expect(late.wait().error?.kind == .cancelled)
  }

  @Test func `a hundred a minute, redirects too`() throws {
    let server = try FaultyServer(["/": [.reply()], "/r": [.redirect(to: "/")]])
    let client = HTTPClient(requestsPerMinute: 4)
    #expect((0..<3).allSatisfy { _ in ask(HTTPRequest(url: server.url("/")), of: client).status == 200 })
    #expect(ask(HTTPRequest(url: server.url("/r")), of: client).error?.kind == .tooMany)
    #expect(ask(HTTPRequest(url: server.url("/")), of: client).error?.kind == .tooMany)
    #expect(server.requests.count == 4)
  }

  @Test func `a connection is used again, and one that went away is not missed`() throws {
    let served = Mutex(0)
    let server = try FaultyServer { _ in
      let number = served.withLock { served in
        served += 1
        return served
      }
      return [.reply(200, "\(number)")] + (number % 3 == 0 ? [] : [.keepOpen])
    }
    let client = HTTPClient()
    let texts = (0..<7).map { _ in ask(HTTPRequest(method: "POST", url: server.url("/")), of: client).text }
    #expect(texts == (1...7).map { "\($0)" } && server.connections == 3)
  }

  @Test func `a whole answer can be waited for, and given up`() throws {
    let server = try FaultyServer([
      "/": [.reply(429, "busy", headers: ["Retry-After: 7"])], "/stall": [.stall],
      "/cut": [.reply(200, "half", headers: ["Content-Length: 9"])],
    ])
    let client = HTTPClient()
    let reply = try client.fetch(HTTPRequest(url: server.url("/"))).get()
    #expect(reply.status == 429 && reply.body == Array("busy".utf8) && reply.retryAfterSeconds == 7)
    func kind(_ path: String, isCancelled: Bool = false) -> NetworkError.Kind? {
      let result = client.fetch(HTTPRequest(url: server.url(path)), isCancelled: { isCancelled })
      if case .failure(let error) = result { return error.kind }
      return nil
    }
    #expect(kind("/cut") == .cut && kind("/stall", isCancelled: true) == .cancelled)
  }

  @Test(arguments: [("7", 7), ("0", 0), ("1.5", 1.5), ("999999", 3_600), ("-1", nil), ("soon", nil), ("nan", nil)])
  func `a server may ask for a while`(value: String, seconds: Double?) {
    #expect(HTTPReply.retryAfterSeconds(in: [HTTPHeader("Retry-After", value)]) == seconds)
  }
}
