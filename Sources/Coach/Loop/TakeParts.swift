import Glibc
import History
import Practice
import Recognition
import Sound

/// What will be listened to, and how the session is called.
struct TakePlan: Sendable {
  var request: SourceRequest
  var title: String?
  var length: TalkLength?
  var keepsAudio: Bool
  /// What is spoken from.
  var talk: Talk?
  /// What kind of talking it is; nil for what the settings say.
  var context: SpeakingContext?
  /// What the speaker is told at the start, a sentence each.
  var notices: [String] = []
  /// A recogniser that may be loaded already, for a take without a talk.
  var ready: ReadyRecogniser?
  /// The drill that it is an attempt at, nil for a rehearsal.
  var drill: DrillTake?
  /// Whether it is shared from the beginning.
  var isShared = false
  /// The class host that it is told to while it is shared, nil for none.
  var publishing: Publishing?
  /// The drill that was asked for, while its card is looked at.
  var wish: DrillWish?

  /// Makes a plan.
  init(
    request: SourceRequest, title: String? = nil, length: TalkLength? = nil, keepsAudio: Bool = false,
    talk: Talk? = nil
  ) {
    self.request = request
    self.title = title
    self.length = length
    self.keepsAudio = keepsAudio
    self.talk = talk
  }
}

/// The parts of a take, opened and not started: made wherever it may take its time, then handed to the main thread.
struct TakeParts: Sendable {
  let beginning: Beginning
  let capture: Capture
  let recorder: TakeRecorder?
  let writer: SessionWriter
  /// What a calibration of this very source found, nil without one.
  let baseline: Baseline?
  /// How the recogniser is made; nil where words are not asked for.
  let recogniser: Scribe.Loading?
  /// The filler words of the speaker's language.
  let fillers: FillerRules
  /// What is spoken from, nil without a talk.
  let talk: Talk?
  /// Whether the talk, if any, is in a language that the recogniser knows.
  let isEnglish: Bool
  /// What the speaker is told at the start, a sentence each.
  let notices: [String]
  /// Whether the source gives the same sound each time.
  let isRepeatable: Bool
  /// Whether the source is read as fast as it goes.
  let isHurried: Bool
  /// The drill that it is an attempt at, nil for a rehearsal.
  let drill: DrillTake?

  /// Opens the source, the recording and the history, in this order; throws where going on would be wrong, and then
  /// nothing is left behind.
  static func open(_ plan: TakePlan, _ surroundings: Surroundings) throws(Failure) -> TakeParts {
    let capture = try TakeParts.capture(plan.request, surroundings)
    let baseline = plan.request.isRepeatable ? nil : BaselineFile.find(capture.description, surroundings.places)
    let isEnglish = plan.talk.map { GivenScript.obstacle($0, known: .whole) == nil } ?? true
    let choosing = plan.drill?.words
    var recogniser: Scribe.Loading?
    if let choosing {
      recogniser = Recognisers.choosing(surroundings, words: choosing)
    } else {
      recogniser = try Recognisers.loading(surroundings, talk: plan.talk, isEnglish: isEnglish)
    }
    if plan.talk == nil, choosing == nil, let ready = plan.ready { recogniser = recogniser.map(ready.loading) }
    let found = recogniser == nil ? FillersFound() : surroundings.fillers()
    let beginning = TakeParts.beginning(plan, capture.description, surroundings, baseline)
    var recorder: TakeRecorder?
    let path = recordingPath(beginning.id, part: 1, surroundings)
    if plan.keepsAudio { recorder = try record(capture, at: path, surroundings) }
    do throws(HistoryError) {
      let writer = try SessionWriter(folder: surroundings.places.data, begin: SessionRow(beginning))
      return TakeParts(
        beginning: beginning, capture: capture, recorder: recorder, writer: writer, baseline: baseline,
        recogniser: recogniser, fillers: found.rules, talk: plan.talk, isEnglish: isEnglish,
        notices: plan.notices + found.notes, isRepeatable: plan.request.isRepeatable,
        isHurried: plan.request.isHurried, drill: plan.drill)
    } catch {
      recorder?.finish()
      if plan.keepsAudio { unlink(path) }
      throw Failure(error)
    }
  }

  /// Opens a source.
  static func capture(_ request: SourceRequest, _ surroundings: Surroundings) throws(Failure) -> Capture {
    do throws(SoundError) {
      return try Capture(
        request, periodMilliseconds: surroundings.settings.periodMilliseconds, ringSeconds: Limits.ringSeconds)
    } catch { throw Failure(error) }
  }

  /// Starts a recording of `capture`, once it is started.
  static func record(
    _ capture: Capture, at path: String, _ surroundings: Surroundings
  ) throws(Failure) -> TakeRecorder {
    do throws(PlaceError) { try makeFolder(surroundings.places.takes) } catch { throw Failure(error) }
    do throws(SoundError) { return try TakeRecorder(capture: capture, path: path) } catch { throw Failure(error) }
  }

  /// Where the sound of a session is kept; each device it was changed to has a part of its own.
  static func recordingPath(_ id: String, part: Int, _ surroundings: Surroundings) -> String {
    "\(surroundings.places.takes)/\(id)\(part > 1 ? "-\(part)" : "").flac"
  }

  private static func beginning(
    _ plan: TakePlan, _ source: SourceDescription, _ surroundings: Surroundings, _ baseline: Baseline?
  ) -> Beginning {
    var generator = SystemRandomNumberGenerator()
    let context = plan.context ?? plan.talk?.context.map { SpeakingContext(named: $0) } ?? surroundings.settings.context
    return Beginning(
      id: newSessionID(using: &generator), startedAtMilliseconds: wallMilliseconds(), utcOffsetSeconds: localOffset(),
      title: plan.title, length: plan.length, source: source.name,
      rate: source.format.rate, channels: source.format.channels,
      bands: surroundings.settings.bands(for: context), ownLevelDecibels: baseline?.speechDecibels,
      context: context.rawValue, fillerThresholds: LearnedFillers.thresholds(surroundings))
  }
}
