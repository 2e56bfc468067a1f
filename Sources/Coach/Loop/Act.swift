import Practice
import Sound
import SpeechSignals
import Terminal

/// What the loop plays on a face: a stage with its takes, or a calibration.
///
/// It belongs to the main thread; nothing here may wait.
protocol Act: AnyObject {
  var face: any Face { get }
  /// Whether the loop ends.
  var isDone: Bool { get }
  /// Whether there is something new to see.
  var needsFrame: Bool { get }
  /// Whether nothing is listened to, so that the loop may sleep longer.
  var isIdle: Bool { get }
  /// Whether what is heard comes no more often than frames are drawn.
  var hearsSeldom: Bool { get }
  /// Whether it is ending already, whatever becomes of the face.
  var isLeaving: Bool { get }
  /// Readable when there may be something new to hear; -1 where there is nothing to hear.
  var takeDescriptor: Int32 { get }
  /// Readable when an errand has brought something; -1 where there are none.
  var errandDescriptor: Int32 { get }
  /// Whether the program may be stopped like any job.
  var mayStop: Bool { get }
  /// Whether the program is to be stopped like any job; the loop does it.
  var suspendRequested: Bool { get set }
  /// A file to be opened in the speaker's editor; the loop does it.
  var fileToEdit: String? { get set }

  func press(_ key: Key)
  /// The editor has ended: well, or for the reason given.
  func edited(_ path: String, problem: String?)
  /// Takes in what was heard.
  func collect()
  /// Takes in what errands have brought.
  func collectErrands()
  /// Looks after what tells nothing by itself; called a few times a second at least.
  func tick()
  func draw()
  /// Has the next frame drawn even if nothing has changed.
  func redraw()
  /// Ends as well as can be.
  func end(_ status: ExitStatus, reason: Ending.Reason)
}

extension Act {
  var hearsSeldom: Bool { false }
  var mayStop: Bool { true }
  var fileToEdit: String? {
    get { nil }
    set {}
  }
  func edited(_ path: String, problem: String?) {}
}

extension Desk.SourceState {
  /// A source just opened.
  init(_ source: SourceDescription, keepsAudio: Bool = false) {
    self.init()
    name = source.name
    rate = source.format.rate
    isLive = source.isLive
    isRecording = source.durationSeconds != nil
    self.keepsAudio = keepsAudio
  }

  /// Takes in the latest reading, `elapsedSeconds` after the one before.
  ///
  /// The level rises at once and falls by 20 dB a second: slow enough to be read, and never still while somebody speaks.
  mutating func hear(_ reading: Reading, elapsedSeconds: Double) {
    levelDecibels = max(Double(reading.levelDecibels), levelDecibels - max(elapsedSeconds, 0.01) * 20)
    flatSeconds = reading.flatSeconds
  }
}
