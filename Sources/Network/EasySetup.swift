import CCurl

/// Sets up one of libcurl's handles and remembers the first thing that it refused.
struct EasySetup {
  private let easy: UnsafeMutableRawPointer
  private(set) var code = CURLE_OK

  init(_ easy: UnsafeMutableRawPointer) { self.easy = easy }

  /// What holds for every request to `address`.
  mutating func setRules(for address: HTTPAddress, trust: HTTPRequest.Trust, connectMilliseconds: Int) {
    let numbers: [(CURLoption, Int)] = [
      // No signals: they are the main thread's.
      (CURLOPT_NOSIGNAL, 1),
      // A name that is looked up for long must not hold up whoever cancels: its thread is left behind.
      (CURLOPT_QUICK_EXIT, 1),
      (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
      (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
      (CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds),
      (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1), (CURLOPT_TCP_NODELAY, 1),
    ]
    for (option, value) in numbers { keep(rostrum_curl_set_number(easy, option, value)) }
    keep(rostrum_curl_keep_sockets(easy))
    setText(CURLOPT_PROTOCOLS_STR, "http,https")
    setText(CURLOPT_URL, address.url)
    if address.isLoopback { setText(CURLOPT_NOPROXY, "*") }
    if let file = trust.caFile {
      setText(CURLOPT_CAINFO, file)
      setText(CURLOPT_CAPATH, nil)
    }
  }

  /// The method and what is sent along; returns the form, which is freed after the handle.
  mutating func setBody(_ body: HTTPRequest.Body, method: String) -> OpaquePointer? {
    var form: OpaquePointer?
    switch body {
    case .none where method == "HEAD": keep(rostrum_curl_set_number(easy, CURLOPT_NOBODY, 1))
    case .none where method == "GET": keep(rostrum_curl_set_number(easy, CURLOPT_HTTPGET, 1))
    case .none where method == "POST" || method == "PUT": keep(rostrum_curl_set_body(easy, "", 0))
    case .none: break
    case .bytes(let bytes, _) where bytes.isEmpty: keep(rostrum_curl_set_body(easy, "", 0))
    case .bytes(let bytes, _):
      keep(bytes.withUnsafeBytes { rostrum_curl_set_body(easy, $0.baseAddress, Int64($0.count)) })
    case .form(let parts):
      form = makeForm(parts)
      setPointer(CURLOPT_MIMEPOST, form.map { UnsafeMutableRawPointer($0) })
    }
    setText(CURLOPT_CUSTOMREQUEST, method)
    return form
  }

  private mutating func makeForm(_ parts: [FormPart]) -> OpaquePointer? {
    let form = curl_mime_init(easy)
    for part in parts {
      let made = curl_mime_addpart(form)
      keep(curl_mime_name(made, part.name))
      if let name = part.fileName { keep(curl_mime_filename(made, name)) }
      if let type = part.type { keep(curl_mime_type(made, type)) }
      keep(part.bytes.withUnsafeBytes { curl_mime_data(made, $0.baseAddress, $0.count) })
    }
    return form
  }

  /// The headers; returns the list, which is freed after the handle.
  mutating func setHeaders(_ headers: [HTTPHeader], body: HTTPRequest.Body) -> UnsafeMutablePointer<curl_slist>? {
    var lines: [String] = []
    if headers["user-agent"] == nil { lines.append("User-Agent: rostrum") }
    // Without this a large body is held back for a second, for leave to send it that hardly a server gives.
    lines.append("Expect:")
    if case .bytes(_, let type) = body { lines.append("Content-Type: \(type)") }
    for header in headers {
      if case .bytes = body, header.isNamed("content-type") { continue }
      lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = curl_slist_append(list, line) else {
        keep(CURLE_OUT_OF_MEMORY)
        continue
      }
      list = longer
    }
    setPointer(CURLOPT_HTTPHEADER, list.map { UnsafeMutableRawPointer($0) })
    return list
  }

  mutating func setText(_ option: CURLoption, _ text: String?) { keep(rostrum_curl_set_text(easy, option, text)) }

  mutating func setPointer(_ option: CURLoption, _ pointer: UnsafeMutableRawPointer?) {
    keep(rostrum_curl_set_pointer(easy, option, pointer))
  }

  mutating func setReader(
    _ option: CURLoption,
    _ reader: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int
  ) { keep(rostrum_curl_set_reader(easy, option, reader)) }

  private mutating func keep(_ code: CURLcode) { if self.code == CURLE_OK { self.code = code } }
}
