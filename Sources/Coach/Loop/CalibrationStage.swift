import CLinux
import Practice
import Sound
import SpeechSignals
import Terminal

/// A calibration on the main thread: sound from a capture, through the analyzer, into the calibration and onto a face.
///
/// Twenty seconds are analysed here in passing (a thousandth of the time they take), so that no thread and no mailbox
/// is needed and no reading is lost. Nothing is kept until the command that plays it says so.
final class CalibrationStage: Act {
  let face: any Face
  private(set) var desk = Desk(room: .calibration)
  private(set) var isDone = false
  private(set) var needsFrame = true
  private(set) var status: ExitStatus = .ok
  /// Why it ended before its end, nil while all is well.
  private(set) var failure: Failure?
  var suspendRequested = false

  private let capture: Capture
  private let reader: SampleReader
  private var analyzer: Analyzer
  private var results = Results()
  private var buffer: [Float] = []
  private var calibration = Calibration()
  private var seconds = 0.0
  private var lastArrival = rostrum_monotonic_nanoseconds()

  /// A calibration of an opened source that was not started yet; `passage` is what is to be read aloud.
  init(capture: Capture, face: any Face, settings: AnalyzerSettings, passage: String?) {
    self.capture = capture
    self.face = face
    reader = capture.makeReader()
    analyzer = Analyzer(settings: settings, reviewsPitch: true)
    desk.source = Desk.SourceState(capture.description)
    desk.calibration = Desk.CalibrationState()
    desk.calibration?.passage = passage
  }

  /// What was measured.
  var result: CalibrationResult { calibration.result }

  /// Lets sound in.
  func start() { capture.start() }

  /// Lets go of the source.
  func close() { capture.stop() }

  let isIdle = false
  var isLeaving: Bool { isDone }
  var takeDescriptor: Int32 { reader.descriptor }
  let errandDescriptor: Int32 = -1
  func collectErrands() {}

  func press(_ key: Key) {
    for order in desk.press(key) {
      switch order {
      case .leave: end(.interrupted, reason: .interrupted)
      case .repaint: face.repaint()
      case .suspend: suspendRequested = true
      default: break
      }
    }
    needsFrame = true
  }

  func end(_ status: ExitStatus, reason: Ending.Reason) {
    if !isDone { self.status = status }
    isDone = true
  }

  func redraw() { needsFrame = true }

  func draw() {
    guard needsFrame, face.isReady else { return }
    needsFrame = false
    face.show(desk)
  }

  /// Hears what has come; a recording is heard out at once.
  func collect() {
    while !isDone {
      switch reader.next(timeoutMilliseconds: 0, into: &buffer) {
      case .samples: hear()
      case .gap(let lost, _): skip(lost)
      case .nothing: return
      case .ended:
        analyzer.finish(into: &results)
        calibration.hear(results)
        calibration.review(ReviewedPitch(analyzer))
        results.removeAll()
        isDone = true
      }
      needsFrame = true
    }
  }

  func tick() {
    let now = rostrum_monotonic_nanoseconds()
    let before = desk.source
    desk.source.isRecovering = false
    if case .recovering = capture.state { desk.source.isRecovering = true }
    if desk.source.isLive { desk.source.name = capture.description.name }
    if before != desk.source { needsFrame = true }
    guard !isDone, desk.source.isLive else { return }
    if Double(now - lastArrival) / 1e9 > Limits.calibrationPatienceSeconds {
      giveUp(Messages.nothingFrom(desk.source.name))
    } else if calibration.restarts > Limits.calibrationRestarts {
      giveUp(Messages.soundKeepsGoing(desk.source.name))
    }
  }

  private func giveUp(_ sentence: String) {
    failure = Failure(.unavailable, sentence)
    isDone = true
  }

  private func hear() {
    lastArrival = rostrum_monotonic_nanoseconds()
    analyzer.process(buffer.span, into: &results)
    if var reading = results.readings.last {
      for missed in results.readings { reading.show(missed) }
      desk.source.hear(reading, elapsedSeconds: reading.seconds - seconds)
      seconds = reading.seconds
    }
    calibration.hear(buffer.span, results)
    results.removeAll()
    note()
  }

  private func skip(_ lost: Double) {
    let lost = min(lost, Analyzer.longestGapSeconds)
    analyzer.skip(seconds: lost, into: &results)
    seconds += lost
    calibration.lose(lost, upTo: seconds)
    calibration.hear(results)
    results.removeAll()
    note()
  }

  private func note() {
    desk.calibration?.step = calibration.step
    desk.calibration?.secondsLeft = calibration.secondsLeft
    guard calibration.step == .over else { return }
    // What is found beyond the twenty seconds is none of it; the pitch is that of all of them.
    analyzer.finish(into: &results)
    calibration.review(ReviewedPitch(analyzer))
    results.removeAll()
    isDone = true
  }
}
