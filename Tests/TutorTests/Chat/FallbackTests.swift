import Network
import Testing

@testable import Tutor

/// What a failure is taken for, and what follows from it.
struct FallbackTests {
  @Test func `every kind has a clause of its own that fits behind a name`() {
    let clauses = CallProblem.Kind.allCases.map { Fallback.row($0).clause }
    #expect(Set(clauses).count == clauses.count)
    for clause in clauses {
      #expect(!clause.isEmpty && clause.count < 80 && clause.last != "." && clause.first?.isUppercase == false)
    }
  }

  @Test(arguments: [
    (301, "", "", CallProblem.Kind.redirected), (400, "", "bad", .refused), (401, "", "", .keyRefused),
    (402, "", "", .unpaid),
    (403, "", "", .keyRefused), (404, "", "Not Found", .notFound),
    (404, "", "model 'x' not found, try pulling it", .noSuchModel),
    (404, "DeploymentNotFound", "", .noSuchModel), (404, "model_not_found", "", .noSuchModel),
    (408, "", "", .requestTimedOut),
    (413, "", "", .tooLong), (422, "", "", .refused), (429, "", "", .tooManyForServer),
    (429, "insufficient_quota", "", .unpaid),
    (400, "content_filter", "", .filtered),
    (400, "invalid_request_error", "Invalid model name passed in model=x", .noSuchModel),
    (400, "", "This model's maximum context length is 8 tokens", .tooLong),
    (400, "", "Please pass a valid API key", .keyRefused),
    (400, "no_db_connection", "No connected db.", .keyRefused),
    (400, "", "\"llama3\" does not support thinking", .refused),
    (500, "", "", .server), (503, "", "", .server), (504, "", "", .server), (529, "", "", .server),
    (0, "", "", .server), (200, "", "", .server),
  ])
  func `a status means a kind`(status: Int, code: String, message: String, expected: CallProblem.Kind) {
    let problem = CallProblem(endpoint: "e", status: status, complaint: ServerComplaint(message: message, code: code))
    #expect(problem.kind == expected)
  }

  @Test func `every failure of the network means something`() {
    for kind in NetworkError.Kind.allCases {
      let problem = CallProblem(endpoint: "e", NetworkError(kind, operation: "connect", detail: "a\u{1B}b"))
      #expect((problem.kind == .failed) == (kind == .failed))
      #expect(problem.detail == "ab")
    }
  }

  static let all = Set(ChatRequest.Option.allCases)

  static let consequences: [(CallProblem, Set<ChatRequest.Option>, Bool, Bool, Fallback.Next)] = [
    (CallProblem(endpoint: "e", kind: .offline), all, false, false, Fallback.Next.stop),
    (CallProblem(endpoint: "e", kind: .cancelled), all, false, false, .stop),
    (CallProblem(endpoint: "e", kind: .tooManyFromHere), all, false, false, .stop),
    (CallProblem(endpoint: "e", kind: .keyRefused, status: 401), all, false, false, .nextEndpoint),
    (CallProblem(endpoint: "e", kind: .stalled), all, true, false, .nextEndpoint),
    // A wait that the server asks for: once, and not for long.
    (
      CallProblem(endpoint: "e", kind: .tooManyForServer, retryAfterSeconds: 2), all, false, false,
      .again(afterSeconds: 2)
    ),
    (
      CallProblem(endpoint: "e", kind: .tooManyForServer, retryAfterSeconds: 0), all, false, false,
      .again(afterSeconds: 0)
    ),
    (CallProblem(endpoint: "e", kind: .tooManyForServer, retryAfterSeconds: 2), all, false, true, .nextEndpoint),
    (CallProblem(endpoint: "e", kind: .tooManyForServer, retryAfterSeconds: 11), all, false, false, .nextEndpoint),
    (CallProblem(endpoint: "e", kind: .tooManyForServer), all, false, false, .nextEndpoint),
    (CallProblem(endpoint: "e", kind: .server, retryAfterSeconds: 1), all, false, false, .again(afterSeconds: 1)),
    (CallProblem(endpoint: "e", kind: .server, retryAfterSeconds: 1), all, true, false, .nextEndpoint),
    // An option that is refused, by name or by what thinking is called.
    (
      CallProblem(endpoint: "e", kind: .refused, status: 400, detail: "Unsupported parameter: 'max_tokens'"), all,
      false, false, .plainer(without: .longest)
    ),
    (
      CallProblem(endpoint: "e", kind: .refused, status: 400, detail: "'temperature' does not support 0.2"), all, false,
      false, .plainer(without: .temperature)
    ),
    (
      CallProblem(endpoint: "e", kind: .refused, status: 422, detail: "stream_options: extra fields not permitted"),
      all, false, false, .plainer(without: .usage)
    ),
    (
      CallProblem(endpoint: "e", kind: .refused, status: 400, detail: "think value \"none\" is not supported"), all,
      false, false, .plainer(without: .reasoningEffort)
    ),
    (
      CallProblem(endpoint: "e", kind: .refused, status: 400, detail: "think value \"none\" is not supported"),
      [.usage], false, false, .nextEndpoint
    ),
    (CallProblem(endpoint: "e", kind: .refused, status: 409, detail: "temperature"), all, false, false, .nextEndpoint),
    (CallProblem(endpoint: "e", kind: .refused, status: 400, detail: "temperature"), all, true, false, .nextEndpoint),
  ]

  @Test(arguments: consequences)
  func `what follows is in the table`(
    problem: CallProblem, options: Set<ChatRequest.Option>, hasText: Bool, hasWaited: Bool, expected: Fallback.Next
  ) {
    #expect(Fallback.next(after: problem, options: options, hasText: hasText, hasWaited: hasWaited) == expected)
  }

  @Test(arguments: [
    ("Incorrect API key provided: sk-abcd***wxyz. You can", "Incorrect API key provided: … You can"),
    (
      "Received API Key = sk-...1234, Key Hash (Token) =88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b",
      "Received API Key = … Key Hash (Token) …"
    ),
    ("token:hunter2secret is wrong", "… is wrong"), ("ends in cret", "ends in …"),
    ("deployment gpt-4o does not exist", "deployment gpt-4o does not exist"),
  ])
  func `what a server says of a key is left out`(said: String, expected: String) {
    #expect(CallProblem.withoutKey(said, key: "hunter2secret") == expected)
  }

  @Test(
    arguments: [
      ([HTTPHeader("Retry-After", "7")], 7.0), ([HTTPHeader("retry-after", "0.5")], 0.5),
      ([HTTPHeader("Retry-After", "-1")], nil),
      ([HTTPHeader("Retry-After", "soon")], nil), ([], nil),
      ([HTTPHeader("Retry-After", "9"), HTTPHeader("retry-after-ms", "1500")], 1.5),
      (
        [
          HTTPHeader("Date", "Tue, 29 Feb 2028 23:59:58 GMT"),
          HTTPHeader("Retry-After", "Wed, 01 Mar 2028 00:00:03 GMT"),
        ], 5
      ),
      (
        [
          HTTPHeader("Date", "Thu, 31 Dec 2026 23:59:59 GMT"),
          HTTPHeader("Retry-After", "Fri, 01 Jan 2027 00:00:00 GMT"),
        ], 1
      ),
      (
        [
          HTTPHeader("Date", "Fri, 01 Jan 2027 00:00:00 GMT"),
          HTTPHeader("Retry-After", "Thu, 31 Dec 2026 23:59:59 GMT"),
        ], 0
      ),
      ([HTTPHeader("Retry-After", "Fri, 01 Jan 2027 00:00:00 GMT")], nil), ([HTTPHeader("Retry-After", "nan")], nil),
      (
        [
          HTTPHeader("Date", "Fri, 01 Jan 99999999999999 00:00:00 GMT"),
          HTTPHeader("Retry-After", "Fri, 01 Jan 2027 00:00:00 GMT"),
        ], nil
      ),
    ] as [([HTTPHeader], Double?)])
  func `how long a server wants to be left alone`(headers: [HTTPHeader], expected: Double?) {
    #expect(RetryAfter.seconds(headers) == expected)
  }
}
