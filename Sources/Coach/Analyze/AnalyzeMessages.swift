import Glibc
import Terminal

/// What `analyze` says, beside what it measured.
extension Messages {
  static let nothingToAnalyze =
    "analyze needs a recording or a folder of them, for instance: rostrum analyze talk.wav"
  static let analyzeReadsFiles =
    "analyze reads files, not standard input. Save the sound first, or listen to it: rostrum rehearse --input - --rate 16000"
  static let trackNeedsJSON = "--track adds the 10 ms contours to --json; give both, without --compare."
  static func listsAreCut(_ seconds: Double) -> String {
    "the recording is too long to keep all of it; rates and lists are those of its first \(clockTime(seconds))"
  }

  static func notTogether(_ first: String, _ second: String) -> String {
    "\(first) and \(second) cannot be given together; choose one."
  }
  static func noChannelNumber(_ channel: Int) -> String {
    "--channel \(channel) is no channel; they are counted from 1 to \(Limits.channels)."
  }
  static func compareNeedsTwo(_ count: Int) -> String {
    "--compare needs two recordings and got \(count). For instance: rostrum analyze --compare monday.wav friday.wav"
  }
  static func gridsNeedFolder(_ target: String) -> String {
    "Several recordings need a folder for their TextGrids, and \(target) is none. Make it first, or leave --output out."
  }
  static func sameGrid(_ path: String, _ recording: String) -> String {
    "\(path) is the TextGrid of another recording of this run already. Analyse \(recording) by itself, with --output."
  }
  static func noRecordings(_ folder: String) -> String {
    "\(folder) holds no recording (WAV, FLAC, Ogg and the like). Name a file, or another folder."
  }
  static func deepFolder(_ folder: String, _ limit: Int) -> String {
    "\(folder) lies more than \(limit) folders deep and was not searched. Name it by itself."
  }
  static func compareNeedsFiles(_ folder: String) -> String {
    "\(folder) is a folder, and --compare needs two recordings. Name one that is in it."
  }
  static func tooManyRecordings(_ folder: String, _ limit: Int) -> String {
    "\(folder) holds more than \(limit) recordings. Name the folders inside it one by one."
  }
  static func closedFolder(_ folder: String, _ code: Int32) -> String {
    "The folder \(folder) cannot be read: \(String(cString: strerror(code))). Check its permissions."
  }
  static func outputExists(_ path: String) -> String {
    "\(path) exists already. Give --yes to replace it, or another name with --output."
  }
  static func outputIsFolder(_ path: String) -> String { "\(path) is a folder. Give the name of a file in it." }
  static func outputIsRecording(_ path: String) -> String {
    "\(path) is a recording that is being analysed, and is not replaced. Give another name with --output."
  }
  static let outputHasNoName = "--output needs the name of a file, or - for standard output."
  static func notWritten(_ path: String, _ code: Int32) -> String {
    "\(path) cannot be written: \(String(cString: strerror(code))). Check the folder, its permissions and the space left."
  }
  static func analyzing(_ share: Double, _ count: Int) -> String {
    "Analysing \(Figures.count(count, "recording")): \(Figures.percent(share))"
  }
  static func stopped(_ done: Int, _ count: Int, _ part: AnalysisOutput.Part?) -> String {
    let head = "Stopped: \(done) of \(Figures.count(count, "recording")) analysed."
    return switch part {
    case .kept(let path): "\(head) \(path) holds only \(done == 1 ? "that one" : "those")."
    case .dropped(let path): "\(head) \(path) was left as it was before."
    case nil: head
    }
  }

  // MARK: What was wrong with a recording, after its name

  static func oddSamples(_ count: Int, _ seconds: Double) -> String {
    "\(Figures.count(count, "sample is no number", "samples are no numbers")) (NaN or infinity), \(count == 1 ? "" : "the first ")at "
      + "\(Figures.decimal(seconds, 3)) s; \(count == 1 ? "it counts" : "they count") as silence"
  }
  static func cutOff(_ seconds: Double) -> String {
    "the file ends in the middle, or is damaged there; it was heard as far as \(Figures.decimal(seconds, 2)) s"
  }
  static func grew(_ seconds: Double) -> String {
    "the file grew while it was read; it was heard as far as \(Figures.decimal(seconds, 2)) s, which is what it held at first"
  }
  static let loudnessOfMix =
    "its sample rate or number of channels is beyond what loudness is measured at (8 to 192 kHz, 64 channels); loudness and clipping are those of the mix at 16 kHz"
  static func farBeyond(_ count: Int, _ seconds: Double) -> String {
    "\(Figures.count(count, "sample lies", "samples lie")) far beyond full scale, \(count == 1 ? "" : "the first ")at "
      + "\(Figures.decimal(seconds, 3)) s, and \(count == 1 ? "was" : "were") held at 16 times of it; "
      + "if whole numbers were written as floating point, divide them by 32768"
  }
  static let channelsCancel =
    "its channels cancel each other out when they are mixed; listen to one of them: --channel 1"
  static func slowerThanSpeech(_ rate: Double) -> String {
    "its syllables are fewer than in talk, \(Figures.decimal(rate, 1)) a second: music, singing, or a voice hardly heard; "
      + "its rates tell little"
  }
  static func tooNoisy(_ share: Double) -> String {
    "\(Figures.percent(share)) of the time is too noisy to tell speech from silence"
  }
}
