/// What is on the screen in a step of a drill, said without a word on how it is drawn.
///
/// Kinds make scenes (`Exercise.scene`), `Coach/Views/Drill` draws them, `--plain` reads them out.
package enum DrillScene: Equatable, Sendable {
  /// A text to be read aloud.
  case reading(Reading)
  /// Talking freely: a topic, a frame to hold on to, lights.
  case talk(Talk)
  /// A passage heard again while the learner taps.
  case clip(Clip)
  /// A beat to speak to.
  case beat(Beat)
  /// The model's contours and the learner's.
  case contours(Contours)
  /// A word of two.
  case pair(Pair)
  /// A band to stay inside.
  case band(Band)
  /// Breathing.
  case breath(Breath)

  /// A text with marks, and what became of each word and mark.
  package struct Reading: Equatable, Sendable {
    /// What became of a word.
    package enum WordState: Equatable, Sendable { case ahead, next, said, missed }

    /// A pause asked for behind a word.
    package struct Mark: Equatable, Sendable {
      /// What became of a pause.
      package enum State: Equatable, Sendable { case ahead, now, hit, tooShort, tooLong, missed }
      /// Seconds wanted.
      package var target: Double
      /// Seconds measured, nil before it was come to, and where there was none.
      package var got: Double?
      package var state: State
      /// As written: `/` or `//`.
      package var sign: String

      /// Makes a mark.
      package init(target: Double, got: Double? = nil, state: State = .ahead, sign: String = "/") {
        self.target = target
        self.got = got
        self.state = state
        self.sign = sign
      }
    }

    /// A word, with the pause asked for behind it.
    package struct Word: Equatable, Sendable {
      package var text: String
      package var state: WordState
      package var isStressed: Bool
      package var mark: Mark?
      package var startsParagraph: Bool

      /// Makes a word.
      package init(
        _ text: String, state: WordState = .ahead, isStressed: Bool = false, mark: Mark? = nil,
        startsParagraph: Bool = false
      ) {
        self.text = text
        self.state = state
        self.isStressed = isStressed
        self.mark = mark
        self.startsParagraph = startsParagraph
      }
    }

    package var words: [Word]
    /// The silence now, in seconds; 0 while somebody speaks.
    package var silenceSeconds: Double
    /// What comes of it so far, in a few words: `5 of 7 marks`.
    package var tally: String
    /// Words a minute held against a band, where speed is what counts.
    package var band: Band?

    /// Makes a reading.
    package init(words: [Word], silenceSeconds: Double = 0, tally: String = "", band: Band? = nil) {
      self.words = words
      self.silenceSeconds = silenceSeconds
      self.tally = tally
      self.band = band
    }
  }

  /// A talk without a text: what about, and how the time stands.
  package struct Talk: Equatable, Sendable {
    /// What is talked about; empty for the learner's own choice.
    package var topic: String
    /// Steps of a frame: Point, Reason, Example, Point.
    package var frame: [String]
    /// The light, nil where there is none.
    package var light: TimingLight?
    /// Seconds since the step began, and of it at most, nil without an end.
    package var seconds: Double
    package var ofSeconds: Double?
    /// Where the talk would end at this pace, in seconds; nil where it cannot be said.
    package var projectedSeconds: Double?
    /// Named counts, such as fillers now and in the first take; at most four.
    package var counts: [(String, String)]

    /// Makes a talk.
    package init(
      topic: String = "", frame: [String] = [], light: TimingLight? = nil, seconds: Double, ofSeconds: Double? = nil,
      projectedSeconds: Double? = nil, counts: [(String, String)] = []
    ) {
      self.topic = topic
      self.frame = frame
      self.light = light
      self.seconds = seconds
      self.ofSeconds = ofSeconds
      self.projectedSeconds = projectedSeconds
      self.counts = counts
    }

    package static func == (a: Talk, b: Talk) -> Bool {
      (a.topic, a.frame, a.light, a.seconds, a.ofSeconds, a.projectedSeconds)
        == (b.topic, b.frame, b.light, b.seconds, b.ofSeconds, b.projectedSeconds)
        && a.counts.elementsEqual(b.counts, by: ==)
    }
  }

  /// A passage, as far as it was heard, with the learner's taps.
  package struct Clip: Equatable, Sendable {
    /// Where in the clip, and its length, in seconds.
    package var seconds: Double
    package var ofSeconds: Double
    /// Taps, in seconds of the clip.
    package var taps: [Double]

    /// Makes a clip.
    package init(seconds: Double, ofSeconds: Double, taps: [Double]) {
      self.seconds = seconds
      self.ofSeconds = ofSeconds
      self.taps = taps
    }
  }

  /// A beat, the rate it stands for, and the text that is read to it.
  package struct Beat: Equatable, Sendable {
    /// Words a minute asked for.
    package var rate: Double
    /// Syllables a second that the beat marks.
    package var beatsPerSecond: Double
    /// Beats since the step began, a fraction with it.
    package var beats: Double
    /// How strong the beat is, 1 to 0 where it has faded out.
    package var strength: Double
    /// The rate held against its band.
    package var band: Band
    package var reading: Reading

    /// Makes a beat.
    package init(
      rate: Double, beatsPerSecond: Double, beats: Double, strength: Double, band: Band, reading: Reading
    ) {
      self.rate = rate
      self.beatsPerSecond = beatsPerSecond
      self.beats = beats
      self.strength = strength
      self.band = band
      self.reading = reading
    }
  }

  /// A line with the model's pitch and level, and the learner's under it.
  package struct Contours: Equatable, Sendable {
    package var text: String
    package var model: Contour
    /// The learner's, against the model's time: its start is the model's.
    package var own: Contour
    /// Seconds into the model; nil while nothing plays.
    package var seconds: Double?
    /// Likeness of lines that are over, 0 to 1.
    package var scores: [Double]

    /// Makes contours.
    package init(text: String, model: Contour, own: Contour, seconds: Double?, scores: [Double]) {
      self.text = text
      self.model = model
      self.own = own
      self.seconds = seconds
      self.scores = scores
    }
  }

  /// A word to say, the one it is held apart from, and how those before came out.
  package struct Pair: Equatable, Sendable {
    /// What the recogniser made of a word.
    package enum Outcome: Equatable, Sendable { case right, other, unsure }
    /// The word to say, and the one it is held apart from.
    package var word: String
    package var other: String
    /// What became of the one before, nil for the first.
    package var last: (word: String, outcome: Outcome)?
    package var right: Int
    package var wrong: Int
    package var unsure: Int
    package var item: Int
    package var ofItems: Int

    /// Makes a pair.
    package init(
      word: String, other: String, last: (word: String, outcome: Outcome)?, right: Int, wrong: Int, unsure: Int,
      item: Int, ofItems: Int
    ) {
      self.word = word
      self.other = other
      self.last = last
      self.right = right
      self.wrong = wrong
      self.unsure = unsure
      self.item = item
      self.ofItems = ofItems
    }

    package static func == (a: Pair, b: Pair) -> Bool {
      (a.word, a.other, a.right, a.wrong, a.unsure) == (b.word, b.other, b.right, b.wrong, b.unsure)
        && (a.item, a.ofItems) == (b.item, b.ofItems) && a.last?.word == b.last?.word
        && a.last?.outcome == b.last?.outcome
    }
  }

  /// A value and the bounds to stay within.
  package struct Band: Equatable, Sendable {
    /// `words a minute`, `dB`, `semitones`.
    package var unit: String
    /// The value now, nil where it cannot be said.
    package var value: Double?
    package var low: Double
    package var high: Double
    /// Values of the step so far, one a second.
    package var past: [Double]
    /// What is read meanwhile; empty where nothing is.
    package var text: String
    /// What comes of it so far, in a few words.
    package var tally: String

    /// Makes a band.
    package init(
      unit: String, value: Double?, low: Double, high: Double, past: [Double] = [], text: String = "",
      tally: String = ""
    ) {
      self.unit = unit
      self.value = value
      self.low = low
      self.high = high
      self.past = past
      self.text = text
      self.tally = tally
    }
  }

  /// A phase of a breath.
  package struct Breath: Equatable, Sendable {
    /// In, hold, out, hold: 0 to 3.
    package var phase: Int
    /// Seconds into the phase, and its length.
    package var seconds: Double
    package var ofSeconds: Double
    /// Rounds, from 1.
    package var round: Int
    package var ofRounds: Int

    /// Makes a breath.
    package init(phase: Int, seconds: Double, ofSeconds: Double, round: Int, ofRounds: Int) {
      self.phase = phase
      self.seconds = seconds
      self.ofSeconds = ofSeconds
      self.round = round
      self.ofRounds = ofRounds
    }
  }
}
