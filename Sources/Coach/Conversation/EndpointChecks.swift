import CLinux
import History
import Network
import Practice
import Recognition
import Tutor
import Voice

/// `rostrum doctor --endpoints`: one short question to each, and what to do where it is not answered.
///
/// Nothing of the learner's is sent: a chat is asked to say OK, a voice to say hello, a recogniser gets a second of a
/// tone.
struct EndpointChecks {
  private let surroundings: Surroundings
  private let client: HTTPClient
  private let keys: KeyRing

  init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
    client = HTTPClient(isOffline: surroundings.settings.offline)
    keys = KeyRing(environment: surroundings.environment)
  }

  /// What was found of each endpoint, told as it is found, and what was asked this month.
  func findings(each report: (Finding) -> Void) -> [Finding] {
    let endpoints = surroundings.settings.endpoints
    var findings = surroundings.complaints.map { complaint in
      Finding("settings", .bad, "\(complaint)", nextStep: "Mend the line in an editor.")
    }
    findings.forEach(report)
    guard !endpoints.isEmpty else {
      if !findings.isEmpty { return findings }
      let finding = Finding(
        "endpoints", .fair, "None is set up: the offline tutor answers.",
        nextStep: "docs/FORMATS.md shows how one is written into \(surroundings.places.configFile).")
      report(finding)
      return [finding]
    }
    for endpoint in endpoints {
      let finding = check(endpoint)
      report(finding)
      findings.append(finding)
    }
    if let ledger = ledger() {
      report(ledger)
      findings.append(ledger)
    }
    return findings
  }

  private func check(_ endpoint: ChatEndpoint) -> Finding {
    let began = rostrum_monotonic_nanoseconds()
    let result: Result<String, Complaint> =
      switch endpoint.use {
      case .chat: chat(endpoint)
      case .speech: speech(endpoint)
      case .transcription: transcription(endpoint)
      }
    let seconds = Figures.decimal(Double(rostrum_monotonic_nanoseconds() - began) / 1e9, 1)
    switch result {
    case .success(let answer):
      let consent =
        switch Consents.read(surroundings.places).decision(on: endpoint) {
        case true?: "allowed"
        case false?: "not allowed by you"
        case nil where endpoint.use == .transcription:
          "not allowed yet: rostrum config allow \(endpoint.name)"
        case nil: "you will be asked before anything is sent"
        }
      return Finding(endpoint.name, .good, "\(endpoint.use.rawValue): \(answer) after \(seconds) s; \(consent)")
    case .failure(let complaint):
      return Finding(
        endpoint.name, .bad, "\(endpoint.use.rawValue): \(complaint.problem).", nextStep: complaint.nextStep)
    }
  }

  private func chat(_ endpoint: ChatEndpoint) -> Result<String, Complaint> {
    let (keys, inbox) = (keys, Inbox<CallNews>())
    let call = TutorCall(
      client: client, endpoints: [endpoint], messages: [ChatMessage(.user, "Say OK.")],
      settings: ChatSettings(longestTokens: 64), keys: { keys.find($0) }, tell: { inbox.put($0) })
    call.start()
    var text = ""
    var end: CallNews?
    while end == nil {
      for news in inbox.take() {
        switch news {
        case .text(let more): text += more
        case .finished, .failed: end = news
        default: break
        }
      }
    }
    if case .failed(let problems)? = end, let problem = problems.last {
      let clause = Fallback.row(problem.kind).clause + (problem.detail.isEmpty ? "" : " (\(problem.detail))")
      return .failure(Complaint(file: "", problem: clause, nextStep: EndpointChecks.nextStep(problem.kind, endpoint)))
    }
    let answer = sanitisedLine(text)
    return .success("\(endpoint.model) said \(quoted(answer))")
  }

  private func sanitisedLine(_ text: String) -> String {
    ReplyText(markdown: text).plain.split(separator: "\n").joined(separator: " ")
  }

  private func speech(_ endpoint: ChatEndpoint) -> Result<String, Complaint> {
    let key: String?
    switch keys.find(endpoint.key) {
    case .success(let found): key = found
    case .failure(let problem): return .failure(keyComplaint(problem))
    }
    do throws(VoiceError) {
      let voice = HTTPVoice(SpeechEndpoint(endpoint, key: key), client: client)
      let sound = try voice.make("Hello.", isCancelled: { false })
      return .success("\(Figures.decimal(sound.seconds, 1)) s of sound came")
    } catch {
      return .failure(
        Complaint(
          file: "", problem: Messages.clause(error),
          nextStep: "Check url, model and voice of \(endpoint.name) in \(surroundings.places.configFile)."))
    }
  }

  private func transcription(_ endpoint: ChatEndpoint) -> Result<String, Complaint> {
    let key: String?
    switch keys.find(endpoint.key) {
    case .success(let found): key = found
    case .failure(let problem): return .failure(keyComplaint(problem))
    }
    // A tone, so that there is something to be sent; what comes back does not matter.
    let tone = (0..<16_000).map { index in Int16(index / 40 % 2 == 0 ? 6_000 : -6_000) }
    let reply = client.fetch(TranscriptionEndpoint(endpoint, key: key).probe(tone), isCancelled: { false })
    switch reply {
    case .success(let reply) where (200..<300).contains(reply.status): return .success("it takes sound")
    case .success(let reply):
      return .failure(
        Complaint(
          file: "", problem: "it answered \(reply.status)",
          nextStep: "Check url, model and key of \(endpoint.name) in \(surroundings.places.configFile)."))
    case .failure(let error):
      let problem = CallProblem(endpoint: endpoint.name, error)
      return .failure(
        Complaint(
          file: "", problem: Fallback.row(problem.kind).clause,
          nextStep: EndpointChecks.nextStep(problem.kind, endpoint)))
    }
  }

  private func keyComplaint(_ problem: KeyProblem) -> Complaint {
    Complaint(
      file: "", problem: problem.sentence, nextStep: "Name the right variable with key-env, or the file with key-file.")
  }

  /// What to do about a problem.
  static func nextStep(_ kind: CallProblem.Kind, _ endpoint: ChatEndpoint) -> String {
    let name = endpoint.name
    switch kind {
    case .offline: return "Leave out --offline, or set offline to no."
    case .badAddress, .notFound, .redirected:
      return "Check the url of \(name): it is the base, such as http://127.0.0.1:11434/v1"
    case .plainRefused: return "Use https, or allow it for this host with allow-plain-http: yes"
    case .unknownHost, .unreachable, .timedOut, .requestTimedOut, .stalled, .cut:
      return endpoint.kind == .ollama
        ? "Start it with: ollama serve. Then: ollama pull \(endpoint.model)"
        : "Start the server, or check url and network."
    case .tls: return "Name its certificate with ca-file, if it is your own server."
    case .noKey, .keyRefused, .unpaid: return "Check the key: key-env names a variable, key-file a file of yours alone."
    case .noSuchModel: return "Check the model of \(name); \(endpoint.model) is not there."
    case .tooManyForServer, .tooManyFromHere: return "Wait a minute, then try again."
    default: return "Try again later, or another model."
    }
  }

  /// What was asked this month; nil where nothing was, or nothing can be read.
  private func ledger() -> Finding? {
    guard let history = try? History(reading: surroundings.places.data),
      let sums = try? history.asked(since: Asking.monthStart()), !sums.isEmpty
    else { return nil }
    let parts = sums.map { sum in
      let cost = sum.cost.map { ", \(Figures.decimal($0, 4)) spent" } ?? ""
      return "\(sum.endpoint) \(Figures.count(sum.requests, "answer")), \(sum.tokensIn + sum.tokensOut) tokens\(cost)"
    }
    return Finding("this month", .good, parts.joined(separator: "; "))
  }
}
