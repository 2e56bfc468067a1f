import Support
import Testing

@testable import Network

/// Real sockets, and a server that misbehaves.
struct FaultTests {
  /// The server does `steps`; it ends with `kind` at `operation`, or well; `text` came before.
  @discardableResult
  private func check(
    _ steps: [FaultyServer.Step], _ kind: NetworkError.Kind?, _ operation: String = "", text: String = "",
    patience: HTTPRequest.Patience = .init(), byteLimit: Int = HTTPRequest.standardByteLimit
  ) throws -> Asked {
    let server = try FaultyServer(["/": steps])
    let asked = ask(HTTPRequest(url: server.url("/"), patience: patience, byteLimit: byteLimit))
    #expect(asked.error?.kind == kind, "\(String(describing: asked.error))")
    if kind != nil { #expect(asked.error?.operation == operation, "\(String(describing: asked.error))") }
    #expect(asked.isInOrder && asked.text == text)
    return asked
  }

  @Test func `a good answer comes whole`() throws {
    let asked = try check([.reply(201, "hello", headers: ["X-A: b"])], nil, text: "hello")
    #expect(asked.status == 201 && asked.headers["x-a"] == "b")
    try check([.reply(200)], nil)
    try check([.text("HTTP/1.1 204 No\r\n\r\n")], nil)
    try check([.text("HTTP/1.0 200 Old\r\n\r\nup to its end")], nil, text: "up to its end")
    try check([.text("HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 200 On\r\nContent-Length: 1\r\n\r\nx")], nil, text: "x")
    let chunks = "HTTP/1.1 200 A\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nT: u\r\n\r\n"
    try check([.text(chunks)], nil, text: "abc")
    try check([.drip(Array(chunks.utf8))], nil, text: "abc")
  }

  @Test(arguments: [400, 401, 403, 404, 408, 413, 429, 500, 503])
  func `an unwelcome status is an answer`(status: Int) throws {
    let asked = try check([.reply(status, "no", headers: ["Retry-After: 7"])], nil, text: "no")
    #expect(asked.status == status && asked.headers["retry-after"] == "7")
  }

  @Test func `an answer that is cut is known for it`() throws {
    try check([], .cut, "wait")
    try check([.reset], .cut, "wait")
    try check([.text("HTTP/1.1 200 On\r\nContent-Le")], .cut, "receive")
    try check([.reply(200, "half", headers: ["Content-Length: 100"])], .cut, "receive", text: "half")
    try check([.text("HTTP/1.1 200 A\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")], .cut, "receive", text: "ab")
  }

  @Test func `what is over a length that was claimed is not read`() throws {
    try check([.reply(200, "hello", headers: ["Content-Length: 2"])], nil, text: "he")
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "HTTP/9.9 what\r\n\r\n", "HTTP/1.1 999999 x\r\n\r\n",
  ])
  func `what is no HTTP is refused`(text: String) throws {
    let server = try FaultyServer(["/": [.text(text)]])
    let asked = ask(HTTPRequest(url: server.url("/")))
    #expect(asked.isInOrder && asked.error != nil && asked.body.isEmpty)
  }

  @Test func `a server that does not speak, or stops, is given up`() throws {
    let short = HTTPRequest.Patience(connectSeconds: 30, firstByteSeconds: 0.1, stallSeconds: 0.1)
    try check([.stall], .timedOut, "wait", patience: short)
    try check([.text("HTTP/1.1 200 On\r\n"), .stall], .stalled, "receive", patience: short)
    try check([.text("HTTP/1.1 200 On\r\n\r\nhalf"), .stall], .stalled, "receive", text: "half", patience: short)
  }

  @Test func `a slow answer is waited for as long as bytes come`() throws {
    let patience = HTTPRequest.Patience(firstByteSeconds: 30, stallSeconds: 30)
    try check(
      [.drip(Array("HTTP/1.1 200 On\r\nContent-Length: 5\r\n\r\nhello".utf8))], nil, text: "hello", patience: patience)
    let drops = [UInt8](repeating: 97, count: 100_000)
    let asked = Asked()
    let server = try FaultyServer(["/": [.text("HTTP/1.1 200 On\r\n\r\n"), .drip(drops)]])
    let client = HTTPClient()
    client.send(HTTPRequest(url: server.url("/"), patience: .init(totalSeconds: 0.3))) { asked.tell($0) }
    #expect(asked.wait().error?.kind == .timedOut && asked.error?.operation == "receive")
  }

  @Test func `a flood is refused at the limit`() throws {
    let server = try FaultyServer([
      "/": [.text("HTTP/1.1 200 On\r\n\r\n"), .flood([UInt8](repeating: 97, count: 50_000))]
    ])
    let asked = ask(HTTPRequest(url: server.url("/"), byteLimit: 1_000_000))
    #expect(asked.error?.kind == .tooLarge && asked.isInOrder && (900_000...1_000_000).contains(asked.body.count))
    #expect(eventually { server.departures == 1 })
    try check([.reply(200, "", headers: ["Content-Length: 1000001"])], .tooLarge, "receive", byteLimit: 1_000_000)
    try check([.text("HTTP/1.1 200 On\r\n"), .flood(Array("A: b\r\n".utf8))], .tooLarge, "receive")
    try check([.text("HTTP/1.1 200 On\r\nA: "), .flood([UInt8](repeating: 97, count: 9_999))], .failed, "receive")
    try check([.flood(Array("HTTP/1.1 100 Go\r\n\r\n".utf8))], .tooLarge, "receive")
  }

  @Test func `nobody there is said at once`() throws {
    let port = try FaultyServer([:]).port
    let asked = ask(HTTPRequest(url: "http://127.0.0.1:\(port)/"))
    #expect(asked.error?.kind == .connect && asked.error?.operation == "connect")
    let unknown = ask(HTTPRequest(url: "https://nobody.invalid/", patience: .init(connectSeconds: 30)))
    #expect(unknown.error?.kind == .resolve)
  }
}
