import Testing

@testable import Network

struct AddressTests {
  @Test(arguments: [
    ("https://api.example.com/v1", "https://api.example.com:443"),
    ("HTTP://Example.COM:8080", "http://example.com:8080"),
    ("http://[::1]:11434/v1", "http://[::1]:11434"), ("http://127.1/", "http://127.0.0.1:80"),
    ("http://2130706433/", "http://127.0.0.1:80"), ("https://a.b/c?d=e#f", "https://a.b:443"),
  ])
  func `an address has a scheme, a host and a port`(text: String, origin: String) {
    #expect(HTTPAddress(text)?.origin == origin)
  }

  @Test(arguments: [
    "", "example.com/v1", "ftp://example.com", "file:///etc/passwd", "https://", "https://user@example.com",
    "https://user:word@example.com", "https://a b", "https://a/\r\nX: y", "https://a/\u{0}", "https://h\u{e4}user",
    "javascript:alert(1)", "https://a:99999", "https://" + String(repeating: "a", count: 9_000), "//example.com",
  ])
  func `what is none is refused`(text: String) { #expect(HTTPAddress(text) == nil) }

  @Test(arguments: [
    ("http://127.0.0.1", true), ("http://127.8.9.10", true), ("http://localhost", true), ("http://LOCALHOST:1", true),
    ("http://[::1]", true), ("http://[0:0:0:0:0:0:0:1]", true), ("http://0177.0.0.1", true),
    ("http://localhost.example.com", false), ("http://128.0.0.1", false), ("http://0.0.0.0", false),
    ("http://127.0.0.1.example.com", false), ("http://[::2]", false), ("http://[fe80::1]", false),
    ("http://example.com", false),
  ])
  func `this machine is known by its addresses and one name`(text: String, isLoopback: Bool) {
    #expect(HTTPAddress(text)?.isLoopback == isLoopback)
  }

  @Test(arguments: [
    ("https://example.com", [], true), ("http://127.0.0.1", [], true), ("http://nas.lan", [], false),
    ("http://nas.lan", ["nas.lan"], true), ("http://nas.lan", ["NAS.lan"], true),
    ("http://other.lan", ["nas.lan"], false),
    ("http://x.nas.lan", ["nas.lan"], false), ("http://user@127.0.0.1@nas.lan", ["nas.lan"], false),
  ])
  func `plain text goes to this machine and to hosts by name`(text: String, named: [String], isAllowed: Bool) {
    let trust = HTTPRequest.Trust(plainHosts: Set(named))
    #expect(HTTPAddress(text).map { $0.refusal(by: trust) == nil } ?? false == isAllowed)
  }

  /// From, to, and what happens: whether the key goes along, or why it is not followed.
  @Test(
    arguments: [
      ("https://a.b/c", "/d", true, nil), ("https://a.b/c", "https://a.b/d", true, nil),
      ("https://a.b/c", "//a.b:443/d", true, nil), ("https://a.b/c", "https://a.b:444/d", nil, .failed),
      ("https://a.b/c", "https://A.B/d", true, nil), ("https://a.b/c", "https://c.d/", nil, .failed),
      ("https://a.b/c", "https://a.b.c.d/", nil, .failed), ("https://a.b/c", "http://a.b/", nil, .plainRefused),
      ("https://a.b/c", "http://127.0.0.1/", nil, .plainRefused),
      ("http://127.0.0.1/", "http://c.d/", nil, .plainRefused),
      ("http://127.0.0.1/", "https://c.d/", nil, .failed), ("http://127.0.0.1/", "http://127.0.0.1:81/", nil, .failed),
      ("https://a.b/c", "ftp://a.b/", nil, .badAddress), ("https://a.b/c", "file:///etc/passwd", nil, .badAddress),
      ("https://a.b/c", "https://me@a.b/", nil, .badAddress), ("https://a.b/c", "", nil, .badAddress),
    ] as [(String, String, Bool?, NetworkError.Kind?)])
  func `a redirect is followed where that is safe`(
    from: String, to: String, carriesKey: Bool?, refusal: NetworkError.Kind?
  ) throws {
    let first = Hop(to: try #require(HTTPAddress(from)), method: "POST")
    switch first.next(status: 307, location: to, trust: .init()) {
    case .success(let hop):
      #expect(hop.isAtHome == carriesKey && hop.method == "POST" && hop.carriesBody)
    case .failure(let error): #expect(error.kind == refusal && error.operation == "redirect")
    }
  }

  @Test func `a key that was held back stays so, also back at home`() throws {
    let request = HTTPRequest(
      url: "https://a.b", headers: [.init("X-Own", "1"), .init("Accept", "a/b")], secret: .init("api-key", "k"))
    var hop = Hop(to: try #require(HTTPAddress(request.url)), method: "POST")
    #expect(hop.headers(of: request).count == 3)
    for place in ["https://c.d", "https://a.b"] {
      hop = try hop.next(status: 302, location: place, trust: .init()).get()
      #expect(hop.headers(of: request) == [.init("Accept", "a/b")])
    }
    #expect(hop.method == "GET" && !hop.carriesBody)
    hop = try hop.next(status: 302, location: "/", trust: .init()).get()
    #expect(throws: NetworkError.self) { try hop.next(status: 302, location: "/", trust: .init()).get() }
  }
}
