import CCurl
import CLinux

/// One request at work: libcurl's handle, what has come of it, and how long that took. Network thread only.
final class Transfer {
  /// What comes after an answer.
  enum Outcome {
    case done
    case failed(NetworkError)
    case redirected(Hop)
  }

  /// Bytes of a redirect's body that are read past, so that its connection can be used again.
  private static let redirectBytes = 64 << 10

  let id: Int
  let tell: @Sendable (HTTPNews) -> Void
  var hop: Hop
  private(set) var easy: UnsafeMutableRawPointer?
  private let request: HTTPRequest
  private var clock: TransferClock
  private var head = HeadReader()
  private var received = 0
  private var failure: NetworkError?
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var form: OpaquePointer?
  private let complaint = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  /// A transfer that was not begun.
  init(_ arrival: ClientCore.Arrival) {
    (id, request, hop, clock, tell) = (arrival.id, arrival.request, arrival.hop, arrival.clock, arrival.tell)
    complaint.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    close()
    complaint.deallocate()
  }

  /// Gets everything ready for the request that `hop` says.
  func open(now: Int64) -> CURLcode {
    (head, received) = (HeadReader(), 0)
    complaint.pointee = 0
    clock.restart(now: now)
    guard let made = curl_easy_init() else { return CURLE_OUT_OF_MEMORY }
    easy = made
    var setup = EasySetup(made)
    setup.setRules(for: hop.address, trust: request.trust, connectMilliseconds: clock.connectMilliseconds)
    form = setup.setBody(hop.carriesBody ? request.body : .none, method: hop.method)
    headers = setup.setHeaders(hop.headers(of: request), body: hop.carriesBody ? request.body : .none)
    setup.setPointer(CURLOPT_ERRORBUFFER, complaint)
    // SAFETY: the handle is given back in `close`, before this object can go.
    let context = Unmanaged.passUnretained(self).toOpaque()
    setup.setPointer(CURLOPT_HEADERDATA, context)
    setup.setPointer(CURLOPT_WRITEDATA, context)
    setup.setReader(CURLOPT_HEADERFUNCTION) { Transfer.hand($0, $1 * $2, $3) { $0.takeLine($1) } }
    setup.setReader(CURLOPT_WRITEFUNCTION) { Transfer.hand($0, $1 * $2, $3) { $0.takeBytes($1) } }
    return setup.code
  }

  /// Gives libcurl's handle back; a second time nothing happens.
  func close() {
    if let easy { curl_easy_cleanup(easy) }
    if let headers { curl_slist_free_all(headers) }
    if let form { curl_mime_free(form) }
    (easy, headers, form) = (nil, nil, nil)
  }

  // MARK: Time

  var deadline: Int64 { clock.deadline }

  /// What went wrong if it takes too long.
  func overdue(now: Int64) -> NetworkError? {
    observe(now: now)
    return clock.overdue(now: now)
  }

  private func observe(now: Int64) {
    guard let easy else { return }
    clock.observe(
      isConnected: rostrum_curl_size(easy, CURLINFO_PRETRANSFER_TIME_T) > 0,
      uploaded: rostrum_curl_size(easy, CURLINFO_SIZE_UPLOAD_T),
      of: rostrum_curl_size(easy, CURLINFO_CONTENT_LENGTH_UPLOAD_T), now: now)
  }

  // MARK: What comes

  private static func hand(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ take: (Transfer, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let context else { return 0 }
    // SAFETY: what `open` handed over; libcurl calls this from within `curl_multi_perform` alone.
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    guard take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) else {
      return Int(CURL_WRITEFUNC_ERROR)
    }
    return count
  }

  private func takeLine(_ line: UnsafeRawBufferPointer) -> Bool {
    switch head.take(line) {
    case .more: break
    case .tooLarge: return refuse("its head")
    case .complete where head.redirect == nil:
      if let claimed = head.claimedLength, claimed > request.byteLimit { return refuse("\(claimed) bytes") }
      tell(.head(status: head.status, headers: head.headers))
    case .complete: break
    }
    clock.received(now: rostrum_monotonic_nanoseconds())
    return true
  }

  private func takeBytes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard !bytes.isEmpty else { return true }
    received += bytes.count
    if head.redirect != nil { return received <= Self.redirectBytes }
    guard received <= request.byteLimit else { return refuse("over \(request.byteLimit) bytes") }
    tell(.bytes(Array(bytes)))
    clock.received(now: rostrum_monotonic_nanoseconds())
    return true
  }

  private func refuse(_ what: String) -> Bool {
    failure = NetworkError(.tooLarge, operation: "receive", detail: what)
    return false
  }

  // MARK: How it ended

  /// What comes after libcurl is done with a request.
  func outcome(_ code: CURLcode) -> Outcome {
    if let failure { return .failed(failure) }
    if head.isComplete, let location = head.redirect {
      switch hop.next(status: head.status, location: location, trust: request.trust) {
      case .success(let next): return .redirected(next)
      case .failure(let error): return .failed(error)
      }
    }
    guard code == CURLE_OK else { return .failed(error(code)) }
    return head.isComplete ? .done : .failed(NetworkError(.cut, operation: "receive"))
  }

  /// The error that libcurl's code means.
  func error(_ code: CURLcode) -> NetworkError {
    observe(now: rostrum_monotonic_nanoseconds())
    var kind = NetworkError.kind(of: code)
    // A proxy that does not let through ends the connection before there is one.
    if kind == .cut, clock.phase == .connect { kind = .connect }
    let said = complaint.pointee == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: complaint)
    return NetworkError(
      kind, operation: clock.phase.rawValue, code: Int32(code.rawValue),
      detail: NetworkError.clean(said, without: request.secret?.value))
  }
}

extension NetworkError {
  /// What libcurl's codes mean; what is not here is `.failed`.
  private static let kinds: [CURLcode.RawValue: Kind] = {
    let rows: [(Kind, [CURLcode])] = [
      (.badAddress, [CURLE_URL_MALFORMAT]),
      (.resolve, [CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY]),
      (.connect, [CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED]),
      (
        .tls,
        [
          CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
          CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
          CURLE_SSL_CLIENTCERT, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED,
        ]
      ),
      (.timedOut, [CURLE_OPERATION_TIMEDOUT]),
      (.tooLarge, [CURLE_FILESIZE_EXCEEDED]),
      (
        .cut,
        [
          CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
        ]
      ),
    ]
    return Dictionary(uniqueKeysWithValues: rows.flatMap { row in row.1.map { ($0.rawValue, row.0) } })
  }()

  fileprivate static func kind(of code: CURLcode) -> Kind { kinds[code.rawValue] ?? .failed }
}
