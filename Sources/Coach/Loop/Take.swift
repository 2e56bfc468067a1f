import History
import Practice
import Sound
import SpeechSignals

/// A take under way: the capture, the analyst that hears it, the writer that keeps it, the recorder if asked for.
///
/// Owned by the main thread, which it never keeps waiting: what takes time (opening, closing, saving) is done by errands
/// and threads of the parts; what is found comes through the mailbox.
final class Take {
  let beginning: Beginning
  let mailbox = Mailbox()
  private(set) var capture: Capture
  private let analyst: Analyst
  /// Who turns sound into words; nil where words are not asked for.
  private let scribe: Scribe?
  /// Joins words and findings in the order of audio time where a recording is heard, so that it gives the same events
  /// each time; what a microphone brings is taken as it comes.
  private(set) var order: EventOrder
  private let writer: SessionWriter
  private var recorder: TakeRecorder?
  private let surroundings: Surroundings
  /// How many recordings have been begun.
  private(set) var recordings: Int

  init(_ parts: TakeParts, _ surroundings: Surroundings) {
    beginning = parts.beginning
    capture = parts.capture
    recorder = parts.recorder
    writer = parts.writer
    recordings = parts.recorder == nil ? 0 : 1
    (drill, isHurried) = (parts.drill, parts.isHurried)
    kept = parts.drill?.isHeardAgain == true ? KeptSound() : nil
    self.surroundings = surroundings
    var analyzer = AnalyzerSettings()
    analyzer.minimumPauseSeconds = surroundings.settings.pauseSeconds
    analyzer.floorDecibels = parts.baseline?.floorDecibels
    analyzer.speechDecibels = parts.baseline?.speechDecibels
    analyst = Analyst(
      mailbox: mailbox, settings: analyzer, tellsContours: parts.drill?.start.drill.kind.exercise.needsContours ?? false
    )
    isEnglish = parts.isEnglish
    fillers = parts.recogniser == nil ? nil : parts.fillers
    let (mailbox, hasScript) = (mailbox, parts.talk?.script.isEmpty == false && parts.isEnglish)
    scribe = parts.recogniser.map { Scribe(mailbox: mailbox, hasScript: hasScript, load: $0) }
    order = EventOrder(hasWords: scribe != nil, isRepeatable: parts.isRepeatable)
  }

  /// Whether the source is read as fast as it goes.
  let isHurried: Bool
  /// The drill that it is an attempt at, nil for a rehearsal.
  let drill: DrillTake?
  /// Its sound, where a piece of it is heard again; nil elsewhere.
  let kept: KeptSound?

  /// Whether what is spoken from, if anything, is in the recogniser's language.
  let isEnglish: Bool
  /// Whether words are looked for.
  var hearsWords: Bool { scribe != nil }
  /// The filler words to look for.
  let fillers: FillerRules?

  /// Takes out of the mailbox what may be applied now.
  func collect() -> EventOrder.Due { order.take(mailbox.take()) }

  /// Lets sound in; throws where no thread is to be had.
  func start() throws(Failure) {
    analyst.listen(to: capture)
    scribe?.listen(to: capture)
    kept?.listen(to: capture)
    try analyst.start()
    // Without a thread for words everything else goes on.
    if let scribe, !scribe.start() { mailbox.put(WordPost(isFailed: true, isLast: true)) }
    capture.start()
  }

  /// Goes on with another device on the same time line; the one before is closed in the background.
  func change(to next: Capture, recorder nextRecorder: TakeRecorder?, isHeld: Bool) {
    analyst.listen(to: next)
    scribe?.listen(to: next)
    let (before, beforeRecorder) = (capture, recorder)
    capture = next
    recorder = nextRecorder
    if nextRecorder != nil { recordings += 1 }
    if isHeld { next.hold(true) }
    next.start()
    Worker.start("errand") {
      before.stop()
      beforeRecorder?.finish()
    }
  }

  /// Why audio is no longer kept, nil while all is well.
  var recordingFailure: SoundError? { recorder?.failure }
  /// How far saving has come.
  var saving: SavingStatus { writer.status }
  /// Events that there was no more room for, 0 but after hours without a disk.
  var refusedEvents: Int { writer.refusedEvents }

  /// Keeps an event. Never waits.
  func record(_ event: SessionEvent) { writer.record(StoredEvent(event)) }

  /// Listens for `talk` as it reads now.
  func renew(_ talk: Talk) { scribe?.renew(Recognisers.renewal(talk)) }

  /// Ends the capture in the background; the last post follows through the mailbox.
  func stop() {
    let capture = capture
    Worker.start("errand") { capture.stop() }
  }

  /// An errand that closes recording and session, and tells whether the session is safe on disk. May be run again.
  func closing(_ ending: Ending, seconds: Double) -> @Sendable () -> Errand {
    let (recorder, writer, surroundings, id) = (recorder, writer, surroundings, beginning.id)
    return {
      recorder?.finish()
      let isSafe = writer.finish(
        state: ending.reason == .finished ? .finished : .interrupted, endedSeconds: seconds,
        summary: Archive.summaryText(ending.summary), timeoutSeconds: Limits.finishSeconds)
      guard isSafe, let history = try? History(folder: surroundings.places.data) else {
        return .closed(isSafe: isSafe, nil, nil)
      }
      let past = try? PastReader(history, surroundings).index(id, at: wallMilliseconds())
      return .closed(isSafe: isSafe, past, past.flatMap { DrillErrands.beside($0, surroundings) })
    }
  }

  /// Puts what could not be saved into a file of event lines; the sentence says where.
  func rescue() -> String {
    let unsaved = writer.unsaved()
    let reason: String =
      switch writer.status {
      case .failing(let error, _, _): Messages.reason(error)
      case .waiting(_, _, let error): Messages.reason(error)
      case .saved: Messages.reason(nil)
      }
    let text = unsaved.events.map { $0.line + "\n" }.joined()
    for folder in [surroundings.places.state, surroundings.environment["TMPDIR"] ?? "/tmp"] {
      let path = KeptFiles.rescuePath(beginning.id, in: folder)
      do throws(PlaceError) {
        try makeFolder(folder)
        try writeText(text, path: path)
        return Messages.rescued(path, reason)
      } catch { continue }
    }
    return Messages.lost(reason)
  }
}
