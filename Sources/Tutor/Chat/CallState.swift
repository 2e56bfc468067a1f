import Network
import Practice

/// The course of one call as a value: what happens goes in, what is to be done comes out.
///
/// Endpoints are asked in order; `Fallback` says what a failure leads to. No clock, no socket: times are in what goes in.
struct CallState {
  /// What happens, at `at` in seconds of a clock that only goes forward.
  enum Input {
    case began(at: Double)
    case news(HTTPNews, attempt: Int, at: Double)
    case waited(attempt: Int, at: Double)
    case cancelled(at: Double)
  }

  /// What is to be done.
  enum Action {
    case tell(CallNews)
    case send(HTTPRequest, attempt: Int)
    /// Come back with `waited` after so many seconds, with nothing under way until then.
    case rest(seconds: Double, attempt: Int)
    /// Come back with `waited` after so many seconds, unless the call is over.
    case watch(seconds: Double, attempt: Int)
    /// Nothing more is wanted of this transfer.
    case drop(attempt: Int)
  }

  /// Bytes of text beyond which an answer has no end.
  static let textLimit = 256 << 10

  private let endpoints: [ChatEndpoint]
  private let messages: [ChatMessage]
  private let settings: ChatSettings
  private let keys: @Sendable (ChatEndpoint.Key) -> Result<String?, KeyProblem>

  private(set) var isEnded = false
  private var index = -1
  private var request: ChatRequest?
  private var key: String?
  private var hasWaited = false
  private var isResting = false
  private var problems: [CallProblem] = []
  /// The number of the request under way: what comes of an earlier one is nothing any more.
  private(set) var attempt = 0
  private var reply = Reply(sentAt: 0)

  /// What has come of the request under way.
  private struct Reply {
    var sentAt: Double
    var status = 0
    var retryAfterSeconds: Double?
    var reader: ReplyReader?
    var model: String?
    var use: TokenUse?
    var end: FinishReason?
    var firstTextAt: Double?
    var lastByteAt: Double
    var textBytes = 0
    var estimate = TokenEstimate()

    init(sentAt: Double) { (self.sentAt, lastByteAt) = (sentAt, sentAt) }
  }

  init(
    endpoints: [ChatEndpoint], messages: [ChatMessage], settings: ChatSettings,
    keys: @escaping @Sendable (ChatEndpoint.Key) -> Result<String?, KeyProblem>
  ) {
    self.endpoints = endpoints.filter { $0.use == .chat }
    self.messages = messages
    self.settings = settings
    self.keys = keys
  }

  /// Takes in what happened.
  mutating func step(_ input: Input) -> [Action] {
    guard !isEnded else { return [] }
    switch input {
    case .began(let at): return attempt == 0 ? nextEndpoint(at) : []
    case .waited(let attempt, let at): return attempt == self.attempt ? wake(at) : []
    case .cancelled(let at):
      let name = endpoints.indices.contains(index) ? endpoints[index].name : ""
      return fail(CallProblem(endpoint: name, kind: .cancelled), at)
    case .news(let news, let attempt, let at): return attempt == self.attempt ? take(news, at) : []
    }
  }

  private mutating func take(_ news: HTTPNews, _ at: Double) -> [Action] {
    switch news {
    case .head(let status, let headers):
      reply.status = status
      reply.reader = ReplyReader(status: status)
      reply.retryAfterSeconds = RetryAfter.seconds(headers)
      return []
    case .bytes(let bytes):
      reply.lastByteAt = at
      return take(reply.reader?.read(bytes) ?? [], at)
    case .done: return close(at)
    case .failed(let error):
      // Behind the end of an answer nothing can spoil it.
      if reply.end != nil, reply.firstTextAt != nil { return finish(at) }
      return fail(CallProblem(endpoint: name, error), at)
    }
  }

  private var name: String { endpoints.indices.contains(index) ? endpoints[index].name : "" }

  /// Passes on what came; more may come behind it.
  private mutating func take(_ pieces: [ChatPiece], _ at: Double) -> [Action] {
    var actions: [Action] = []
    for piece in pieces {
      switch piece {
      case .text(let text):
        reply.textBytes += text.utf8.count
        guard reply.textBytes <= Self.textLimit else {
          return actions + fail(CallProblem(endpoint: name, kind: .tooLarge, status: reply.status), at)
        }
        reply.estimate.add(text)
        if reply.firstTextAt == nil {
          reply.firstTextAt = at
          actions.append(.watch(seconds: stallSeconds, attempt: attempt))
        }
        actions.append(.tell(.text(text)))
      case .reasoning: break
      case .usage(let use): reply.use = use
      case .model(let model): reply.model = model
      case .finished(let reason): reply.end = reason
      case .refused(let complaint):
        return actions
          + fail(CallProblem(endpoint: name, status: reply.status, complaint: complaint, key: key), at)
      }
    }
    if let fault = reply.reader?.fault { return actions + fail(problem(fault), at) }
    if reply.reader?.isDone == true { return actions + finish(at) }
    return actions
  }

  /// A rest is over, or it is time to see whether the answer still comes.
  ///
  /// Before its first word an answer may take as long as a first byte: some servers send their head at once and think
  /// then. The network is told so, and what it can no longer tell apart is watched here.
  private mutating func wake(_ at: Double) -> [Action] {
    if isResting { return send(at) }
    let left = stallSeconds - (at - reply.lastByteAt)
    if left > 0.001 { return [.watch(seconds: left, attempt: attempt)] }
    if reply.end != nil { return finish(at) }
    return fail(CallProblem(endpoint: name, kind: .stalled, status: reply.status), at)
  }

  private var stallSeconds: Double {
    let seconds = endpoints.indices.contains(index) ? endpoints[index].patience.stallSeconds : .nan
    return seconds.isFinite ? min(max(seconds, 0.01), 86_400) : HTTPRequest.Patience().stallSeconds
  }

  private func problem(_ fault: ReplyReader.Fault) -> CallProblem {
    switch fault {
    case .tooLong: CallProblem(endpoint: name, kind: .tooLarge, status: reply.status)
    case .malformed(let what): CallProblem(endpoint: name, kind: .malformed, status: reply.status, detail: what)
    }
  }

  /// The last byte has come.
  private mutating func close(_ at: Double) -> [Action] {
    guard (200..<300).contains(reply.status) else {
      return fail(
        CallProblem(
          endpoint: name, status: reply.status, complaint: reply.reader?.complaint ?? ServerComplaint(message: ""),
          retryAfterSeconds: reply.retryAfterSeconds, key: key), at)
    }
    let attempt = attempt
    let actions = take(reply.reader?.finish() ?? [], at)
    if isEnded || attempt != self.attempt { return actions }
    if reply.end != nil { return actions + finish(at) }
    let isReply = reply.reader?.hasPieces == true
    let problem = CallProblem(
      endpoint: name, kind: isReply ? .cut : .malformed, status: reply.status,
      detail: isReply ? "the stream ended before the answer did" : "no event came")
    return actions + fail(problem, at)
  }

  private mutating func finish(_ at: Double) -> [Action] {
    guard reply.firstTextAt != nil else {
      let detail = reply.end == .lengthReached ? "all tokens were used before the first word, perhaps by thinking" : ""
      let kind: CallProblem.Kind = reply.end == .filtered ? .filtered : .empty
      return fail(CallProblem(endpoint: name, kind: kind, status: reply.status, detail: detail), at)
    }
    isEnded = true
    // The transfer is left to end by itself, so that the connection serves the next question too.
    return [.tell(.finished(receipt(at)))]
  }

  private func receipt(_ at: Double) -> Receipt {
    let endpoint = endpoints[index]
    let tokensIn = reply.use.flatMap { $0.tokensIn > 0 ? $0.tokensIn : nil }
    let tokensOut = reply.use.flatMap { $0.tokensOut > 0 ? $0.tokensOut : nil }
    let (questions, answers) = (tokensIn ?? TokenEstimate(messages).tokens, tokensOut ?? reply.estimate.tokens)
    return Receipt(
      endpoint: endpoint.name, model: reply.model ?? endpoint.model, tokensIn: questions, tokensOut: answers,
      isEstimated: tokensIn == nil || tokensOut == nil, firstTokenSeconds: (reply.firstTextAt ?? at) - reply.sentAt,
      seconds: at - reply.sentAt, cost: endpoint.cost(tokensIn: questions, tokensOut: answers),
      isCut: reply.end == .lengthReached || reply.end == .filtered)
  }

  /// The request under way came to nothing: what follows is in `Fallback`.
  private mutating func fail(_ failure: CallProblem, _ at: Double) -> [Action] {
    var problem = failure
    let hasText = reply.firstTextAt != nil
    if hasText {
      problem.spent = receipt(at)
      problem.spent?.isCut = true
    }
    let next = Fallback.next(
      after: problem, options: request?.options ?? [], hasText: hasText, hasWaited: hasWaited)
    var actions: [Action] = attempt > 0 ? [.drop(attempt: attempt)] : []
    if hasText { actions.append(.tell(.cut(endpoint: problem.endpoint, why: problem))) }
    switch next {
    case .plainer(without: let option):
      request?.omitted.insert(option)
      return actions + send(at)
    case .again(afterSeconds: let seconds):
      hasWaited = true
      attempt += 1
      isResting = true
      reply = Reply(sentAt: at)
      return actions + [.rest(seconds: seconds, attempt: attempt)]
    case .nextEndpoint:
      problems.append(problem)
      return actions + (hasText || !hasNext ? [] : [.tell(.passed(problem))]) + nextEndpoint(at)
    case .stop:
      problems.append(problem)
      isEnded = true
      return actions + [.tell(.failed(problems))]
    }
  }

  /// Whether there is another endpoint to ask.
  private var hasNext: Bool { endpoints.indices.contains(index + 1) }

  private mutating func nextEndpoint(_ at: Double) -> [Action] {
    var actions: [Action] = []
    while true {
      index += 1
      reply = Reply(sentAt: at)
      guard endpoints.indices.contains(index) else {
        isEnded = true
        return actions + [.tell(.failed(problems))]
      }
      let endpoint = endpoints[index]
      actions.append(.tell(.trying(endpoint: endpoint.name)))
      switch keys(endpoint.key) {
      case .failure(let problem):
        let problem = CallProblem(
          endpoint: endpoint.name, kind: .noKey, detail: oneLine(problem.sentence, limit: 300))
        problems.append(problem)
        if hasNext { actions.append(.tell(.passed(problem))) }
      case .success(let key):
        self.key = key
        hasWaited = false
        request = ChatRequest(endpoint: endpoint, messages: messages, settings: settings)
        return actions + send(at)
      }
    }
  }

  private mutating func send(_ at: Double) -> [Action] {
    guard let request else { return [] }
    attempt += 1
    isResting = false
    reply = Reply(sentAt: at)
    return [.send(request.request(key: key), attempt: attempt)]
  }
}

/// How long a server wants to be left alone.
enum RetryAfter {
  /// The seconds in `Retry-After` or `retry-after-ms`, nil without either; a date counts from the answer's own.
  static func seconds(_ headers: [HTTPHeader]) -> Double? {
    if let text = headers["retry-after-ms"], let value = Double(text), value >= 0 { return value / 1000 }
    guard let text = headers["retry-after"] else { return nil }
    if let value = Double(text) { return value.isFinite && value >= 0 ? value : nil }
    guard let until = instant(text), let now = headers["date"].flatMap(instant) else { return nil }
    return Double(max(0, until - now))
  }

  /// Seconds since some day, of a date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
  private static func instant(_ text: String) -> Int? {
    let parts = text.split(whereSeparator: { " ,:".contains($0) })
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard parts.count == 8, let month = months.firstIndex(of: String(parts[2])) else { return nil }
    let numbers = [parts[1], parts[3], parts[4], parts[5], parts[6]].compactMap { Int($0) }
    guard numbers.count == 5, numbers.allSatisfy({ (0...9999).contains($0) }) else { return nil }
    // Days as the Gregorian calendar counts them, with the year beginning in March.
    let (year, shifted) = month < 2 ? (numbers[1] - 1, month + 10) : (numbers[1], month - 2)
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + numbers[0]
    return ((days * 24 + numbers[2]) * 60 + numbers[3]) * 60 + numbers[4]
  }
}
