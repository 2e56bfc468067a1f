/// Every limit of the program, with its number and what happens there.
enum Limits {
  /// Seconds of sound the ring holds; a reader further behind than this finds a gap in its place.
  static let ringSeconds = 8.0
  /// Seconds after which a session that is shared looks whether an invitation was taken back.
  static let invitationSeconds = 1.0
  /// Seconds that a notice about sharing stays: the speaker has no hand free to wave it away.
  static let noticeSeconds = 8.0
  /// Seconds by which words may be late before words that may still change are left out.
  static let scribePatienceSeconds = 1.5
  /// The share of a script's words in other letters than Latin ones, above which nobody listens for it.
  static let foreignShare = 0.4
  /// Sentences that may wait to be spoken; those beyond are left out of the voice, not of the screen.
  static let spokenSentences = 1_000
  /// Events the mailbox holds; the analyst waits for room, and the ring then holds the sound.
  static let mailboxEvents = 4_096
  /// Frames drawn in a second at most; a frame that is due while the line is still busy is left out. A microphone's
  /// periods come more seldom, and each is drawn at once: with 50 ms of sound in each it is 20 frames.
  static let framesPerSecond = 30
  /// Bytes of lines waiting for a slow reader of standard output; beyond it the program waits for the reader.
  static let outletBytes = 4 << 20
  /// Seconds that saving may take at the end before the session is put into a rescue file.
  static let finishSeconds = 8.0
  /// Seconds of unchanging samples after which the microphone is called mute.
  static let flatSeconds: Float = 3
  /// Seconds that a calibration waits for a microphone that gives no sound at all.
  static let calibrationPatienceSeconds = 10.0
  /// How often a calibration starts a step again after a loss of sound.
  static let calibrationRestarts = 3
  /// Seconds that saving may be late before the screen says so.
  static let savingLateSeconds = 3.0
  /// Sessions listed on the history screen, and read at a time by `rostrum sessions`.
  static let listedSessions = 500
  /// Moments that a search shows, and other takes of a talk that can be put beside one.
  static let searchHits = 50
  static let ghosts = 50
  /// Seconds of an attempt at a drill that are held in memory, to be heard again.
  static let keptSoundSeconds = 600
  /// Seconds between two lines of meters in plain output.
  static let plainSeconds = 10
  /// Seconds by which the projected end must have moved to be said again in plain output.
  static let projectionSeconds = 15.0
  /// Bytes of the log before it is turned over to `.1`.
  static let logBytes = 1 << 20
  /// Seconds after the tutor's voice before the microphone counts again: rooms and buffers have an echo.
  static let voiceHoldOffSeconds = 0.5
  /// Samples at 16 kHz that a turn which began over the tutor's voice gets from before that was noticed.
  static let bargeInSamples = 16_000
  /// Bytes of a line of standard input that is a question to the tutor.
  static let questionBytes = 8_000
  /// Files that may be open at a time; with fewer the program does not start.
  static let openFiles = 64
  /// Bytes of a talk or a settings file that are read.
  static let textBytes = 1 << 20
  /// Threads that analyse recordings at once, however many cores there are.
  static let batchThreads = 64
  /// Recordings that may be analysed ahead of the one that is written next; the threads then wait.
  static let batchAhead = 64
  /// Folders inside folders that are searched for recordings, and recordings taken from one folder.
  static let folderDepth = 32
  static let folderFiles = 100_000
  /// Channels of a recording that may be asked for.
  static let channels = 256
  /// The share of a recording under too much noise from which that is said.
  static let noisyShare = 0.1
  /// Syllables a second of speech below which nobody talks: slow readers have three, held notes and hums one or so.
  static let slowestSyllables = 1.8
}
