import Glibc
import History
import Network
import Practice
import Synchronization
import Tutor

/// Everything that answers need, as it is when a conversation opens.
struct TutorDesk: Sendable {
  var profile: TutorProfile
  /// All tutors that loaded, the first being the one to begin with.
  var profiles: [TutorProfile]
  var findings: Findings
  var fillers: FillerRules
  /// Servers that may be asked for text, before consent: none where the network is forbidden.
  var endpoints: [ChatEndpoint]
  /// Endpoints that the learner has said no to, for any use.
  var refused: Set<String> = []
  /// What was wrong with files, a sentence each.
  var notes: [String] = []
}

/// One question on its way to an answer: consent, budget, the endpoints in their order, and the offline tutor in the end.
///
/// It begins on a thread that may take its time; what comes of it is told as steps of the conversation.
final class Asking: Sendable {
  /// What is asked, and of what.
  struct Question: Sendable {
    var text: String
    var facts: TutorFacts
    /// The turns before it.
    var turns: [Turn]
    var desk: TutorDesk
  }

  private let question: Question
  private let surroundings: Surroundings
  /// Whether answers are spoken, so that an endpoint for speech may be asked too.
  private let isAloud: Bool
  private let client: HTTPClient
  private let tell: @Sendable (ConversationStep) -> Void
  private let call = Mutex<(call: TutorCall?, isCancelled: Bool)>((nil, false))

  /// Makes a question that is not put yet.
  init(
    _ question: Question, client: HTTPClient, isAloud: Bool, _ surroundings: Surroundings,
    tell: @escaping @Sendable (ConversationStep) -> Void
  ) {
    self.question = question
    self.client = client
    self.isAloud = isAloud
    self.surroundings = surroundings
    self.tell = tell
  }

  /// Exactly what would be sent for `question`.
  static func messages(_ question: Question, _ settings: Settings) -> [ChatMessage] {
    messages(
      to: question.desk.profile, question.text, facts: question.facts, turns: question.turns, settings)
  }

  /// Exactly what would be sent to a tutor.
  static func messages(
    to profile: TutorProfile, _ question: String, facts: TutorFacts, turns: [Turn], _ settings: Settings
  ) -> [ChatMessage] {
    TutorPrompt.messages(
      profile: profile, facts: facts, turns: turns, question: question, tokenBound: settings.tutorTokens,
      mask: mask(settings))
  }

  /// What masks private things before they are sent; nil where nothing is to be masked.
  static func mask(_ settings: Settings) -> Mask? {
    guard settings.privacyMask else { return nil }
    return Mask(
      names: settings.privacyNames.split(separator: ",").map { String($0).trimmingBlanks() }.filter { !$0.isEmpty })
  }

  /// Asks for what consent is still missing, or puts the question; may be called again once the learner has decided.
  ///
  /// What the learner decided a moment ago and could not be kept on disk is in `decided`, by endpoint.
  func start(decided: [String: Bool] = [:]) {
    let consents = Consents.read(surroundings.places)
    var allowed: [ChatEndpoint] = []
    let speech = surroundings.settings.offline || !isAloud ? nil : TutorVoice.endpoint(surroundings)
    for endpoint in question.desk.endpoints + (speech.map { [$0] } ?? []) {
      switch decided[endpoint.name] ?? consents.decision(on: endpoint) {
      case true?: allowed.append(endpoint)
      case false?: continue
      case nil: return tell(.consent(consentQuestion(endpoint)))
      }
    }
    allowed.removeAll { $0.use != .chat }
    if surroundings.settings.offline {
      return answerOffline(because: surroundings.settings.endpoints.isEmpty ? nil : Messages.isOffline)
    }
    guard !question.desk.endpoints.isEmpty else { return answerOffline(because: nil) }
    guard !allowed.isEmpty else { return answerOffline(because: Messages.notAllowed) }
    if let reason = overBudget() { return answerOffline(because: reason) }
    ask(allowed)
  }

  /// Breaks off; nothing more is told.
  func cancel() {
    let running = call.withLock { call in
      call.isCancelled = true
      return call.call
    }
    running?.cancel()
  }

  private var isCancelled: Bool { call.withLock(\.isCancelled) }

  private func consentQuestion(_ endpoint: ChatEndpoint) -> ConsentQuestion {
    ConsentQuestion(
      endpoint: endpoint.name, host: HTTPAddress(endpoint.url)?.host ?? "",
      what: Messages.leaves(endpoint.use.rawValue, hasTranscript: !question.facts.transcript.isEmpty),
      text: endpoint.use == .chat
        ? Asking.text(of: Asking.messages(question, surroundings.settings)) : Messages.eachAnswer)
  }

  /// Messages as people read them.
  static func text(of messages: [ChatMessage]) -> String {
    messages.map { "[\($0.role.rawValue)]\n\($0.text)" }.joined(separator: "\n\n")
  }

  private func ask(_ endpoints: [ChatEndpoint]) {
    let keys = KeyRing(environment: surroundings.environment)
    let call = TutorCall(
      client: client, endpoints: endpoints, messages: Asking.messages(question, surroundings.settings),
      settings: question.desk.profile.settings, keys: { keys.find($0) }, tell: { self.hear($0) })
    let isCancelled = self.call.withLock { state in
      state.call = call
      return state.isCancelled
    }
    if !isCancelled { call.start() }
  }

  /// Turns news of the call into steps; on whichever thread brings them.
  private func hear(_ news: CallNews) {
    switch news {
    case .trying(let endpoint): tell(.trying(endpoint))
    case .text(let text): tell(.text(text))
    case .cut(_, let problem):
      keep(problem.spent)
      tell(.broke(Messages.sentence(problem)))
    case .passed(let problem):
      Log.warning("an endpoint gave no answer", Messages.logged(problem))
      tell(.notice(Messages.sentence(problem)))
    case .finished(let receipt):
      keep(receipt)
      tell(.finished(AnswerReceipt(receipt)))
    case .failed(let problems):
      for problem in problems { Log.warning("an endpoint gave no answer", Messages.logged(problem)) }
      guard !isCancelled else { return }
      answerOffline(because: problems.map(Messages.sentence).joined(separator: " "))
    }
  }

  private func answerOffline(because reason: String?) {
    if let reason { tell(.broke(Messages.offlineInstead(reason))) }
    tell(.trying(OfflineTutor.source))
    let answer = OfflineTutor.answer(
      question: question.text, facts: question.facts, findings: question.desk.findings, turns: question.turns)
    tell(.text(answer))
    var receipt = AnswerReceipt(source: OfflineTutor.source)
    receipt.seconds = 0
    tell(.finished(receipt))
  }

  /// Why nothing may be spent any more this month; nil where it may.
  private func overBudget() -> String? {
    let budget = surroundings.settings.tutorBudget
    guard budget > 0 else { return nil }
    do throws(HistoryError) {
      let sums = try History(reading: surroundings.places.data).asked(since: Asking.monthStart())
      let spent = sums.compactMap(\.cost).reduce(0, +)
      return spent < budget ? nil : Messages.overBudget(spent: spent, budget: budget)
    } catch { return Messages.ledgerUnreadable }
  }

  /// When this month began on the learner's own clock, in milliseconds since 1970.
  static func monthStart() -> Int64 {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    (parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_isdst) = (1, 0, 0, 0, -1)
    return Int64(mktime(&parts)) * 1_000
  }

  /// Writes what an answer took into the ledger, on a thread of its own: the disk may take its time.
  private func keep(_ receipt: Receipt?) {
    guard let receipt else { return }
    let entry = LedgerEntry(
      atMilliseconds: Int64(wallMilliseconds()), purpose: "chat", endpoint: receipt.endpoint, model: receipt.model,
      tokensIn: receipt.tokensIn, tokensOut: receipt.tokensOut, isEstimated: receipt.isEstimated,
      firstTokenSeconds: receipt.firstTokenSeconds, seconds: receipt.seconds, cost: receipt.cost)
    LedgerPost.write(entry, surroundings.places)
  }
}

/// Entries of the ledger on their way to disk.
enum LedgerPost {
  /// One for each entry that is not written yet; it is told of the end.
  private static let underWay = Mutex<[Inbox<Bool>]>([])

  /// Begins to write an entry, and returns at once.
  static func write(_ entry: LedgerEntry, _ places: Places) {
    let end = Inbox<Bool>()
    underWay.withLock { $0.append(end) }
    let write: @Sendable () -> Void = {
      do throws(HistoryError) { try History(folder: places.data).note(entry) } catch {
        Log.warning("the ledger was not written", ["reason": Messages.reason(error)])
      }
      underWay.withLock { $0.removeAll { $0 === end } }
      end.put(true)
    }
    if !Worker.start("errand", write) { write() }
  }

  /// Waits until all entries that were begun are written, or cannot be: before the program ends, and before the next
  /// question asks how much was spent.
  static func finish() { for end in underWay.withLock({ $0 }) { _ = end.take() } }
}

extension AnswerReceipt {
  /// What a call says of its answer.
  init(_ receipt: Receipt) {
    self.init(source: receipt.endpoint)
    model = receipt.model
    (tokensIn, tokensOut, isEstimated) = (receipt.tokensIn, receipt.tokensOut, receipt.isEstimated)
    (firstTokenSeconds, seconds, cost) = (receipt.firstTokenSeconds, receipt.seconds, receipt.cost)
    isCut = receipt.isCut
  }
}
