import Practice

/// What is said while calibrating, and about what came of it.
extension Messages {
  static let calibrateRoom = "The room first: please be quiet for ten seconds."
  static let calibrateReading = "Now read aloud, as you would speak:"
  static let calibrateFreely = "Now read something aloud, or speak, until the time is up."
  static let calibrateAgain = "Sound was lost. This step starts again."
  static let calibrateKeepsNothing = "sound is not kept"
  static func calibrateNoSound(_ device: String) -> String { "No sound from \(device). Is it muted?" }

  static func nothingFrom(_ device: String) -> String {
    "No sound came from \"\(device)\" for \(Figures.decimal(Limits.calibrationPatienceSeconds, 0)) s. Nothing was kept. Check that it is plugged in, or choose another: rostrum devices"
  }
  static func soundKeepsGoing(_ device: String) -> String {
    "The sound of \"\(device)\" was interrupted again and again. Nothing was kept. Check its plug, or choose another: rostrum devices"
  }

  // MARK: What came of it

  /// Why no baseline was made, and what to do.
  static func sentence(_ refusal: CalibrationResult.Refusal, source: String, isLive: Bool) -> String {
    let nothing = "Nothing was kept."
    switch refusal {
    case .tooShort(let seconds):
      return
        "\(source) ends after \(Figures.decimal(seconds, 1)) s. \(nothing) Calibrating takes twenty: ten of the quiet room, then ten of reading."
    case .flat:
      let next =
        isLive
        ? "Unmute it (alsamixer -V capture, pavucontrol), or choose another: rostrum devices" : "Record it again."
      return "\(source) is silent throughout. \(nothing) \(next)"
    case .roomNotQuiet(let seconds):
      return
        "A voice was heard in \(Figures.decimal(seconds, 0)) of the ten seconds that measure the room. \(nothing) Calibrate again when it is quiet."
    case .noSpeech:
      return
        "No speech was heard in the ten seconds of reading. \(nothing) \(isLive ? "Check the level (rostrum doctor), come closer, and read aloud until the time is up." : "The first ten seconds are the room, the next ten the reading.")"
    case .littleSpeech(let seconds):
      return
        "Only \(Figures.decimal(seconds, 1)) s of speech were heard in the ten seconds of reading. \(nothing) Read on until the time is up."
    case .clipped(let samples):
      return
        "Your voice clips (\(Figures.count(samples, "sample"))), so that its level is not known. \(nothing) Lower the capture level, then calibrate again."
    }
  }

  /// How far a voice stands above the room, in whole decibels, rounded down: 19.7 is not the 20 that are good.
  static func ratio(_ decibels: Double) -> String { Figures.decimal(decibels.rounded(.down), 0) }

  /// A remark on room or microphone, with what to do.
  static func sentence(_ remark: CalibrationResult.Remark) -> String {
    switch remark {
    case .clipping(let samples): return "The input clips (\(Figures.count(samples, "sample")))."
    case .tooNoisy(let decibels):
      return
        "The room is too noisy: your voice is only \(ratio(decibels)) dB above it. Come closer to the microphone, or find a quieter place."
    case .noisy(let decibels):
      return
        "The room is noisy: your voice is \(ratio(decibels)) dB above it, 20 and more is good. Coming closer helps."
    case .roomSpeech(let seconds):
      return "Something like a voice was heard for \(Figures.decimal(seconds, 1)) s while the room was measured."
    case .loudRoom(let decibels):
      return
        "The room is too noisy: at \(Figures.decimal(decibels, 0)) dBFS it can hide a voice. Come closer to the microphone, or find a quieter place."
    case .hum(let hertz, let decibels):
      return
        "Mains hum at \(hertz) Hz, \(Figures.decimal(decibels, 0)) dBFS. Another socket, cable or port may be rid of it; the measures are not disturbed."
    case .offset(let share):
      return
        "The signal is off centre by \(Figures.decimal(abs(share) * 100, 1)) % of full scale, a flaw of the sound card; it is taken off."
    case .gated:
      return "Between words the source is digitally silent: a noise gate or noise suppression is at work."
    }
  }

  static let levelGood = "Your level is good."
  static func lowerLevel(_ decibels: Int, _ command: String?) -> String {
    "Lower the capture level by about \(decibels) dB\(how(command)). Then calibrate again."
  }
  static func raiseLevel(_ decibels: Int, _ command: String?) -> String {
    decibels > 30
      ? "You are hardly heard: come closer, and raise the capture level\(how(command)). Then calibrate again."
      : "Raise the capture level by about \(decibels) dB\(how(command)). Then calibrate again."
  }
  private static func how(_ command: String?) -> String { command.map { ": \($0)" } ?? " where you recorded this" }

  static func baselineKept(_ source: String, isLive: Bool) -> String {
    "Kept for \(source)\(isLive ? ": rehearsals on it start from here" : ""). rostrum calibrate --forget removes it."
  }
  static func baselineForgotten(_ path: String) -> String { "Forgotten: \(path) is removed." }
  static let noBaseline = "There was nothing to forget."

  /// The sentence for a file of baselines that cannot be read.
  static func sentence(_ problem: Baselines.Problem, _ path: String) -> String {
    switch problem {
    case .newer: "\(path) was written by a newer version of Rostrum. It was not touched. Update Rostrum."
    case .damaged: "\(path) is damaged or no baseline. It was not touched. Remove it: rostrum calibrate --forget"
    }
  }
}
