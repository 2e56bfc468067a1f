import NIOCore
import Practice
import Synchronization

/// What a hub sends, and when: events gathered for some milliseconds, readings now and then, the past as a line has room.
extension HubCore {
  /// Begins to send to who was let in.
  func begin(_ visitor: HubVisitor, _ pass: Pass, next: Int, _ hello: Hello) {
    // Sound goes beside the stream, and what may be sent changes nothing of what is seen.
    visitor.stream = pass.role.shares.rawValue
    visitor.takes = hello.takes
    openStream(visitor.stream)
    for key in streams.keys { streams[key]?.seal() }
    let count = streams[visitor.stream]?.sealed ?? 0
    (visitor.next, visitor.joinedAt) = (next <= count ? next : 0, count)
    visitor.wire = Wire.version(with: hello) ?? Wire.version
    write(.welcome(welcome(pass, wire: visitor.wire)), to: visitor)
    write(.from(visitor.next), to: visitor)
    show(presence, to: visitor)
    flush()
    countHearers()
  }

  /// What somebody is told who is let in, or given more or less than before.
  func welcome(_ pass: Pass, wire: Int) -> Welcome {
    Welcome(
      session: opening.session, learner: opening.learner, role: pass.role, shares: pass.shares,
      seconds: pass.expiry.map { max(0, $0 - clock()) }, secret: pass.secret, isPast: opening.isPast, wire: wire)
  }

  /// Sends as much of the stream as the line has room for; who is too far behind goes, and so does who has all of a
  /// session that is finished.
  func pump(_ visitor: HubVisitor) {
    guard !visitor.isClosed, visitor.isWatching || visitor.isEnding else { return }
    let isPacked = visitor.takes.contains(.past)
    while !visitor.isClosed, visitor.line.unsentBytes < limits.firstMark,
      let (lines, count) = streams[visitor.stream]?.lines(from: visitor.next, packed: isPacked)
    {
      // First, for a line may say within this call that its bytes have gone.
      visitor.next += count
      visitor.line.write(lines)
    }
    guard !visitor.isClosed else { return }
    if visitor.next >= visitor.joinedAt { visitor.hasPast = true }
    if visitor.isEnding {
      guard visitor.next >= streams[visitor.stream]?.sealed ?? 0 else { return }
      write(.over(.finished), to: visitor)
      close(visitor)
    } else if visitor.hasPast {
      let behind = visitor.line.unsentBytes + (streams[visitor.stream]?.bytesBehind(visitor.next) ?? 0)
      if behind > limits.secondMark { take(.slow, of: visitor) }
    }
  }

  /// Writes a line that is no event of the stream.
  func write(_ line: HubLine, to visitor: HubVisitor) {
    guard !visitor.isClosed else { return }
    visitor.line.write(ByteBuffer(string: line.text + "\n"))
  }

  // MARK: Events

  /// Sends what is told from now on, and what was, in some milliseconds.
  func flushSoon() {
    guard !isFlushDue, visitors.contains(where: \.isWatching) else { return }
    isFlushDue = true
    let seconds = isCrowd ? limits.gatherSecondsOfMany : limits.gatherSeconds
    AudienceLoop.after(seconds) { [weak self] in
      self?.isFlushDue = false
      self?.flush()
    }
  }

  /// Lets out what was gathered, once for all.
  func flush() {
    for key in streams.keys { streams[key]?.seal() }
    for visitor in visitors where visitor.isWatching { pump(visitor) }
  }

  private var isCrowd: Bool { visitors.count > limits.many }

  // MARK: In time

  /// Looks at all who are here, again and again as long as anybody is.
  func beat() {
    guard !isBeating, !visitors.isEmpty, !isClosing else { return }
    isBeating = true
    AudienceLoop.after(limits.beatSeconds) { [weak self] in
      self?.isBeating = false
      self?.look()
      self?.beat()
    }
  }

  /// What is due by the clock; readings and what is so at the moment.
  func look() {
    beats += 1
    let isGlanceDue = !isCrowd || beats % limits.beatsAGlanceOfMany == 0
    let latest = queue.latest(withGlance: isGlanceDue)
    if let shown = latest.presence { presence = shown }
    let glance = latest.glance.map { ByteBuffer(string: HubLine.glance($0).text + "\n") }
    let now = clock()
    for visitor in visitors {
      take(.moment, of: visitor)
      watch(visitor, at: now)
      guard visitor.isWatching, !visitor.isClosed else { continue }
      if visitor.line.unsentBytes <= limits.glanceMark {
        if let glance, visitor.takes.contains(.glance) { visitor.line.write(glance) }
        show(presence, to: visitor)
      }
      pump(visitor)
    }
  }

  /// Whether there is anybody at the other end.
  private func watch(_ visitor: HubVisitor, at now: Double) {
    guard visitor.isInside, !visitor.isClosed else { return }
    if visitor.line.unsentBytes == 0 { visitor.movedAt = now }
    if now - min(visitor.movedAt, visitor.heardAt) > limits.silentSeconds {
      take(.silent, of: visitor)
    } else if now - max(visitor.heardAt, visitor.pingedAt) >= limits.pingSeconds {
      visitor.pingedAt = now
      write(.ping, to: visitor)
    }
  }

  private func show(_ presence: Presence, to visitor: HubVisitor) {
    guard visitor.presence != presence, visitor.takes.contains(.presence) else { return }
    visitor.presence = presence
    write(.presence(presence), to: visitor)
  }

  // MARK: Sound

  /// Sends sound to those who hear it and have room for it.
  func send(_ samples: [Int16], from seconds: Double) {
    let hearers = visitors.filter { visitor in
      visitor.attendance.pass?.hears == true && visitor.takes.contains(.sound) && visitor.hasPast
        && visitor.line.unsentBytes <= limits.soundMark
    }
    guard !hearers.isEmpty else { return }
    let most = Wire.soundBytes / 2
    for first in stride(from: 0, to: samples.count, by: most) {
      let bytes = samples[first..<min(first + most, samples.count)].flatMap { sample in
        [UInt8(truncatingIfNeeded: sample), UInt8(truncatingIfNeeded: sample >> 8)]
      }
      let line = HubLine.sound(seconds: seconds + Double(first) / 16_000, bytes)
      for visitor in hearers { write(line, to: visitor) }
    }
  }

  /// Says how many hear, so that no sound is handed over for nobody.
  func countHearers() {
    queue.hearers.store(visitors.count { $0.attendance.pass?.hears == true }, ordering: .relaxed)
  }
}
