import Practice

/// What a learner's lines come to: the watcher's half of the conversation, as a pure step from lines to news.
///
/// The learner may mean ill. A line that does not belong where it comes breaks the watch; nothing is believed of who they
/// are but what the kernel said.
struct WatchStream {
  /// How far it has come.
  enum Stage: Equatable {
    /// Nobody has answered the hello.
    case waiting
    case watching(Welcome)
    /// Refused, told good-bye, or broken; nothing is taken any more.
    case over
  }

  private let limits: WatchLimits
  private let door: Door
  private let resumed: Resume?
  private(set) var stage = Stage.waiting
  private var welcome: Welcome?
  /// The number of the next event, once the learner has said it.
  private(set) var next: Int?
  /// Bytes of events so far, with those of the watch that this one goes on with.
  private(set) var eventBytes: Int
  /// Events that were taken and not yet told.
  private var gathered: [SessionEvent] = []
  private var told: [WatchNews] = []
  private var hasEvents = false

  /// A conversation at `door` that begins with `hello`.
  init(_ door: Door, _ hello: Hello, eventBytes: Int = 0, limits: WatchLimits = WatchLimits()) {
    (self.door, self.resumed, self.eventBytes, self.limits) = (door, hello.resume, eventBytes, limits)
  }

  /// Where the watch goes on should it break; nil before anybody was let in.
  var resume: Resume? {
    guard let welcome else { return nil }
    return Resume(session: welcome.session, secret: welcome.secret, next: next ?? resumed?.next ?? 0)
  }

  /// What came of the lines so far, in order; each is told once.
  mutating func news() -> [WatchNews] {
    flush()
    defer { told = [] }
    return told
  }

  /// Takes a line of so many bytes; nil for one that cannot be read. True where it wants an answer.
  mutating func take(_ line: HubLine?, bytes: Int) -> Bool {
    guard let line else {
      fail(.unreadable)
      return false
    }
    switch (stage, line) {
    case (.over, _): return false
    case (_, .ping): return true
    case (.waiting, .asked): tell(.asked)
    case (.waiting, .welcome(let welcome)): begin(welcome)
    case (.waiting, .refused(let refusal)):
      tell(.refused(refusal))
      stage = .over
    case (_, .over(let farewell)):
      tell(.over(farewell))
      stage = .over
    case (.watching, .from(let number)): go(on: number)
    case (.watching, .event(let event)): take([event], bytes: bytes)
    case (.watching, .past(let events)): take(events, bytes: bytes)
    case (.watching, .glance(let glance)): tell(.glance(glance))
    case (.watching, .presence(let presence)): tell(.presence(presence))
    case (.watching, .answer(let number, let answer)): tell(.answer(number: number, answer))
    case (.watching(let welcome), .sound(let seconds, let samples)):
      if welcome.shares.contains(.sound) { tell(.sound(seconds: seconds, samples)) }
    // Sound may be given and taken back while they watch, and nothing else of what they have.
    case (.watching(let before), .welcome(let welcome))
    where (welcome.session, welcome.secret) == (before.session, before.secret)
      && welcome.shares.symmetricDifference(before.shares) == .sound:
      begin(welcome)
    case (.waiting, _), (.watching, .asked), (.watching, .welcome), (.watching, .refused): fail(.unexpected)
    }
    return false
  }

  /// Ends it for a reason that is not in a line.
  mutating func fail(_ reason: WatchBreak) {
    guard stage != .over else { return }
    tell(.broken(reason.rawValue))
    stage = .over
  }

  private mutating func begin(_ welcome: Welcome) {
    guard (Wire.oldest...Wire.version).contains(welcome.wire) else { return fail(.version) }
    guard resumed.map({ $0.session == welcome.session }) ?? true else { return fail(.another) }
    var known = welcome
    known.learner = door.learner
    (self.welcome, stage) = (known, .watching(known))
    tell(.welcome(known))
  }

  /// Events go on at `number`: what is known already may be told again, what is not may not be left out.
  private mutating func go(on number: Int) {
    guard number >= 0, number <= limits.events else { return fail(.unexpected) }
    if hasEvents || resumed != nil {
      guard number <= next ?? resumed?.next ?? 0 else { return fail(.gap) }
    }
    flush()
    next = number
  }

  private mutating func take(_ events: [SessionEvent], bytes: Int) {
    guard let number = next else { return fail(.unexpected) }
    eventBytes += bytes
    guard number + events.count <= limits.events, eventBytes <= limits.eventBytes else { return fail(.tooMuch) }
    guard !events.isEmpty else { return }
    gathered += events
    next = number + events.count
    hasEvents = true
  }

  private mutating func tell(_ news: WatchNews) {
    flush()
    told.append(news)
  }

  private mutating func flush() {
    guard !gathered.isEmpty, let next else { return }
    told.append(.events(gathered, first: next - gathered.count))
    gathered = []
  }
}
