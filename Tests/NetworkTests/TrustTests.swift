import Support
import Testing

@testable import Network

/// Who is told what: certificates, keys, redirects.
struct TrustTests {
  private let key = HTTPHeader("Authorization", "Bearer sk-quite-secret")

  @Test(.enabled(if: TLSServer.isThere, Comment(rawValue: TLSServer.whyNot)))
  func `a certificate is believed only if it is good, known and made out to the host`() throws {
    let files = ["answer": "HTTP/1.0 200 On\r\n\r\nhello"]
    func check(_ kind: TLSServer.Certificate, isGiven: Bool, options: [String] = [], _ said: String?) throws {
      let server = try TLSServer(kind, files: files, options: options)
      let trust = HTTPRequest.Trust(caFile: isGiven ? server.certificate : nil)
      let patience = HTTPRequest.Patience(connectSeconds: 30)
      let asked = ask(HTTPRequest(url: server.url("/answer"), secret: key, patience: patience, trust: trust))
      #expect(asked.isInOrder)
      #expect(asked.error?.kind == (said == nil ? nil : .tls), "\(String(describing: asked.error))")
      #expect(asked.error?.detail.contains(said ?? "") ?? (asked.text == "hello"), "\(asked.news)")
    }
    try check(.good, isGiven: true, nil)
    try check(.good, isGiven: false, "self-signed certificate")
    try check(.expired, isGiven: true, "expired")
    try check(.otherName, isGiven: true, "no alternative certificate subject name matches")
    try check(.good, isGiven: true, options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], "protocol version")
  }

  @Test func `a file of certificates that is none is said`() throws {
    for file in ["/nowhere/to/be.pem", "/etc/passwd"] {
      let server = try FaultyServer([:])
      let url = "https://127.0.0.1:\(server.port)/"
      let error = ask(HTTPRequest(url: url, trust: .init(caFile: file))).error
      #expect(error?.kind == .tls, "\(String(describing: error))")
    }
  }

  @Test func `TLS with somebody who has none fails`() throws {
    let server = try FaultyServer { _ in [.reply()] }
    let patience = HTTPRequest.Patience(connectSeconds: 1)
    let error = ask(HTTPRequest(url: "https://127.0.0.1:\(server.port)/", patience: patience)).error
    // The server waits for a line's end that TLS may not send: then time is what ends it.
    #expect([.tls, .timedOut].contains(error?.kind) && error?.operation == "connect")
  }

  @Test(.enabled(if: TLSServer.isThere, Comment(rawValue: TLSServer.whyNot)))
  func `what began with TLS does not end without`() throws {
    let plain = try FaultyServer { _ in [.reply(200, "told")] }
    let head = "HTTP/1.0 302 Found\r\nLocation: \(plain.url("/"))\r\n\r\n"
    let server = try TLSServer(files: ["answer": head])
    let request = HTTPRequest(
      url: server.url("/answer"), secret: key, patience: .init(connectSeconds: 30),
      trust: .init(caFile: server.certificate, plainHosts: ["127.0.0.1"]))
    let asked = ask(request)
    #expect(asked.error?.kind == .plainRefused && asked.error?.operation == "redirect" && plain.requests.isEmpty)
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `another host and another port are told neither the key nor other headers`(status: Int) throws {
    let asked = ["127.0.0.1", "127.0.0.2"].map { host in
      Result {
        let there = try FaultyServer(host: host) { request in [.reply(200, request.lines.joined(separator: "\n"))] }
        let here = try FaultyServer(["/": [.redirect(status, to: there.url("/there"))]])
        return (ask(request(to: here.url("/"))), here.requests, there.requests)
      }
    }
    for result in asked {
      let (asked, here, there) = try result.get()
      #expect(here.count == 1 && here[0]["authorization"] == key.value && here[0]["x-own"] == "mine")
      #expect(here[0].text == "what was said" && here[0]["content-type"] == "text/x-said")
      // What was said is for one host: where a redirect would have it sent to another, nothing is.
      guard status < 307 else {
        #expect(asked.error?.kind == .failed && asked.error?.operation == "redirect" && there.isEmpty)
        continue
      }
      #expect(asked.status == 200 && there.count == 1 && asked.isInOrder)
      #expect(!asked.text.lowercased().contains("secret") && !asked.text.contains("mine"))
      #expect(there[0].method == "GET" && there[0].text == "")
    }
  }

  @Test func `at home a redirect keeps all, three times at most`() throws {
    let server = try FaultyServer([
      "/0": [.redirect(307, to: "/1")], "/1": [.redirect(307, to: "2?a=b")], "/2": [.redirect(307, to: "/3")],
      "/3": [.reply(200, "here")], "/round": [.redirect(302, to: "/round")], "/ftp": [.redirect(to: "ftp://a.b/")],
      "/nowhere": [.reply(304, "", headers: [])], "/plain": [.redirect(to: "http://example.invalid/")],
      "/long": [.text("HTTP/1.1 302 Go\r\nLocation: /3\r\n\r\n"), .flood([UInt8](repeating: 97, count: 9_999))],
    ])
    let asked = ask(request(to: server.url("/0")))
    #expect(asked.text == "here" && asked.isInOrder && server.requests.map(\.path) == ["/0", "/1", "/2", "/3"])
    #expect(server.requests.allSatisfy { $0["authorization"] == key.value && $0.text == "what was said" })
    #expect(ask(request(to: server.url("/round"))).error?.kind == .failed)
    #expect(server.requests.count { $0.path == "/round" } == 1 + Hop.limit)
    #expect(ask(request(to: server.url("/ftp"))).error?.kind == .badAddress)
    #expect(ask(request(to: server.url("/plain"))).error?.kind == .plainRefused)
    #expect(ask(request(to: server.url("/nowhere"))).status == 304)
    #expect(ask(request(to: server.url("/long"))).text == "here")
  }

  @Test func `nothing that describes a request or an error tells the key`() throws {
    var request = request(to: "https://a.b/v1?q=1")
    request.headers.append(HTTPHeader("X-Other", "sk-quite-secret"))
    var dumped = ""
    dump(request, to: &dumped)
    for text in ["\(request)", String(reflecting: request), dumped, "\([request])", "\(Optional(request) as Any)"] {
      #expect(!text.contains("sk-quite") && !text.contains("said") && text.contains("https://a.b:443"))
    }
    let said = NetworkError.clean("no \u{1b}[2Jhost sk-quite-secret\n, Bearer sk-quite-secret", without: key.value)
    #expect(said == "no ?[2Jhost ...?, ...")
    #expect(NetworkError.clean(String(repeating: "x", count: 999), without: nil).count == 200)
  }

  private func request(to url: String) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: url, headers: [HTTPHeader("X-Own", "mine")], secret: key,
      body: .bytes(Array("what was said".utf8), type: "text/x-said"))
  }
}
