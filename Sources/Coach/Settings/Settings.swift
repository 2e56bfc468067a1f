package import Practice
package import Terminal
package import Tutor

/// What a learner can set, as typed values, each with where it came from.
///
/// Flat on purpose: a key on the command line, in the environment and in the file is one word with one meaning.
/// `Setting.all` is the table that reads and lists them; this is what the rest of the program sees.
package struct Settings: Equatable, Sendable {
  /// The capture device, by ALSA's name.
  package var device = "default"
  /// Name of a theme.
  package var theme = "dusk"
  /// How much is on the screen while speaking.
  package var density = Density.calm
  /// How many colours to use.
  package var color = ColorChoice.auto
  /// Which characters to draw with.
  package var glyphs = GlyphChoice.auto
  /// The length of talk to time against; nil for none.
  package var length: TalkLength?
  /// Whether takes are kept as sound.
  package var keepAudio = false
  /// Whether cues are shown while speaking.
  package var cues = true
  /// The shortest silence that counts as a pause, in seconds.
  package var pauseSeconds = 0.25
  /// Words a minute about which nothing is said.
  package var paceComfortable = 140.0...160.0
  /// Words a minute that are fine; contains `paceComfortable`.
  package var paceUsable = 120.0...175.0
  /// Words a minute outside which a cue may be given; contains `paceUsable`.
  package var paceFlag = 110.0...190.0
  /// Fillers a minute above which to watch.
  package var fillersWatch = 5.0
  /// Fillers a minute from which to act; at least `fillersWatch`.
  package var fillersAct = 12.0
  /// What hears words.
  package var recogniser = RecogniserChoice.auto
  /// How much sound the card hands over at a time, in milliseconds.
  package var periodMilliseconds = 50
  /// Whether the network is forbidden outright.
  package var offline = false
  /// Servers that may be asked, in the order in which they are tried.
  package var endpoints: [ChatEndpoint] = []
  /// The AI tutor to talk to: a file in Prompts/tutors, without its ending.
  package var tutor = "coach"
  /// What speaks the tutor's answers: `espeak`, `none`, or the name of an endpoint for speech.
  package var tutorVoice = "espeak"
  /// The playback device, by ALSA's name.
  package var speaker = "default"
  /// How loud the tutor speaks, 0 to 1, and where between left (-1) and right (1).
  package var volume = 1.0
  package var balance = 0.0
  /// Seconds of silence that end a turn by themselves; 0 leaves it to the key.
  package var turnEndSeconds = 0.0
  /// What stops the tutor's voice.
  package var bargeIn = BargeInChoice.key
  /// What may be spent on endpoints in a month, in the currency of the prices; 0 for no limit.
  package var tutorBudget = 0.0
  /// Tokens that are sent with a question at most.
  package var tutorTokens = 3_000
  /// Whether addresses, numbers and names are masked before anything is sent.
  package var privacyMask = false
  /// The names that are masked too, apart by commas.
  package var privacyNames = ""
  /// What kind of talking it is, unless the talk says.
  package var context = SpeakingContext.standard
  /// Whether the learner is asked for the number of fillers before any figure of a take is shown.
  package var blindCount = true
  /// The learner's first language as a code, `es`; empty where it is not said.
  package var firstLanguage = ""
  /// Minutes of drills a day, and days after which a drill is due again at the latest.
  package var drillMinutes = 10.0
  package var drillDays = 30
  /// Days after which kept sound, and whole sessions, are deleted at the next start; 0 keeps them.
  package var keepAudioDays = 0
  package var keepSessionsDays = 0
  /// The folder in which an administrator made one for each learner, for tutors with accounts of their own.
  package var shareFolder = "/run/rostrum"
  /// What `--publish` runs on a class host.
  package var publishCommand = "rostrum relay"
  /// What becomes of a cue that a tutor sends.
  package var tutorCues = TutorCueChoice.show
  /// Syllables in an average word of the speaker.
  package var syllablesPerWord = 1.4
  /// Where each value came from, by key; a key that is missing has its standard value.
  package var origins: [String: Origin] = [:]

  /// Every setting at its standard value.
  package init() {}

  /// How much of the screen is used while speaking.
  package enum Density: String, CaseIterable, Sendable { case calm, full }

  /// How many colours to use; raw values other than `auto` are those of `Terminal.ColourDepth`.
  package enum ColorChoice: String, CaseIterable, Sendable {
    case auto, truecolor
    case indexed256 = "256"
    case ansi16 = "16"
    case ansi8 = "8"
    case none
  }

  /// Which characters meters and boxes are drawn with.
  package enum GlyphChoice: String, CaseIterable, Sendable { case auto, unicode, ascii }

  /// What hears words: `auto` takes what is installed, `http` an endpoint for transcription.
  package enum RecogniserChoice: String, CaseIterable, Sendable { case auto, pocketsphinx, http, none }

  /// What stops the tutor's voice: the key alone, or the learner's voice too where that is known to work.
  package enum BargeInChoice: String, CaseIterable, Sendable { case key, voice }

  /// What becomes of a tutor's cue: it is on the screen at once, or waits for the review.
  package enum TutorCueChoice: String, CaseIterable, Sendable { case show, later }

  /// Where a value came from, strongest first.
  package enum Origin: Equatable, Sendable {
    case flag
    case environment(variable: String)
    case file(path: String, line: Int)
    case standard
  }

  /// Where the value of `key` came from.
  package func origin(of key: String) -> Origin { origins[key] ?? .standard }

  /// The colours to use; nil to ask the terminal.
  package var colourDepth: ColourDepth? { ColourDepth(rawValue: color.rawValue) }

  /// The bands a session of `context` is judged by: what the learner set of pace, else those of the context.
  package func bands(for context: SpeakingContext) -> Bands {
    let usual = Bands.of(context: context)
    let isPaceUsual = ["pace-comfortable", "pace-usable", "pace-flag"].allSatisfy { origin(of: $0) == .standard }
    return Bands(
      comfortable: isPaceUsual ? usual.comfortable : paceComfortable, usable: isPaceUsual ? usual.usable : paceUsable,
      flagged: isPaceUsual ? usual.flagged : paceFlag, fillersToWatch: fillersWatch, fillersToAct: fillersAct,
      syllablesPerWord: origin(of: "syllables-per-word") == .standard ? usual.syllablesPerWord : syllablesPerWord)
  }
}
