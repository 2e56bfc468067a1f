import Practice

/// One thing a learner can set: its key, its meaning, and how a written value becomes a typed one.
///
/// The table `all` is the only list of settings: the file, the environment, flags, `rostrum config` and the
/// documentation all read it, so they cannot disagree.
package struct Setting: Sendable {
  /// What the file and flags call it, in kebab-case.
  package let key: String
  /// What a value looks like, for instance "a number from 0.1 to 2".
  package let kind: String
  /// One plain sentence.
  package let meaning: String
  private let read: @Sendable (String, inout Settings) -> String?
  private let show: @Sendable (Settings) -> String

  private init(
    _ key: String, _ kind: String, _ meaning: String, show: @escaping @Sendable (Settings) -> String,
    read: @escaping @Sendable (String, inout Settings) -> String?
  ) {
    self.key = key
    self.kind = kind
    self.meaning = meaning
    self.read = read
    self.show = show
  }

  /// The environment variable that sets it: `ROSTRUM_PACE_FLAG` for `pace-flag`.
  package var variable: String { "ROSTRUM_" + key.uppercased().split(separator: "-").joined(separator: "_") }

  /// The value it has when nobody set it, as written.
  package var standard: String { show(Settings()) }

  /// The value it has in `settings`, as it would be written; reads back as the same value.
  package func value(in settings: Settings) -> String { show(settings) }

  /// The setting called `key`, nil if there is none.
  package static func named(_ key: String) -> Setting? { all.first { $0.key == key } }

  /// What is wrong with `text` as a value, as a clause that quotes it; nil if it is good.
  package func problem(with text: String) -> String? {
    var settings = Settings()
    return take(.scalar(text), into: &settings)
  }

  /// Reads a written value into `settings`, or says what is wrong with it and leaves them as they were.
  func take(_ value: MarkedYAML.Value, into settings: inout Settings) -> String? {
    switch value {
    case .scalar(let text):
      let trimmed = text.trimmingBlanks()
      guard text.utf8.count <= 256 else { return "\(quoted(text)) is longer than 256 bytes" }
      return read(trimmed, &settings).map { "\(quoted(text)) \($0)" }
    case .none: return read("", &settings).map { _ in "has no value; it takes \(kind)" }
    case .list, .mapping: return "is not a single value; it takes \(kind)"
    }
  }

  /// The complaint about a key that no setting has.
  static func unknown(_ key: String, file: String, line: Int?) -> Complaint {
    let near = nearest(to: key, among: all.map(\.key))
    return Complaint(
      file: file, line: line, key: file.hasPrefix("--") ? nil : shortened(key), problem: "is not a known setting",
      nextStep: near.map { "Did you mean \($0)?" } ?? "`rostrum config` lists all settings.")
  }

  /// Every setting, in the order in which they are listed.
  package static let all: [Setting] = [
    text("device", "the name of a capture device", "Which microphone to listen to, by ALSA's name for it.", \.device) {
      $0.isEmpty ? "is empty; `rostrum devices` lists the names" : controlProblem($0)
    },
    text("theme", "the name of a theme", "Which colours to use: a file in Themes, without its ending.", \.theme) {
      isThemeName($0) ? nil : "is not a theme's name: letters, digits, - and _ only"
    },
    choice("density", "How much is on the screen while you speak.", \.density),
    choice("color", "How many colours to use; auto asks the terminal, and NO_COLOR is obeyed.", \.color),
    choice("glyphs", "Which characters meters are drawn with; auto follows the locale.", \.glyphs),
    Setting(
      "length", "a length such as 5-7m, or nothing", "How long your talks should be, if you time them.",
      show: { $0.length?.description ?? "" },
      read: { text, settings in
        if text.isEmpty || text == "none" {
          settings.length = nil
          return nil
        }
        switch TalkLength.read(text) {
        case .success(let length): settings.length = length
        case .failure(let problem): return problem.clause
        }
        return nil
      }),
    flag("keep-audio", "Whether the sound of a take is kept beside its numbers.", \.keepAudio),
    flag("cues", "Whether a cue may appear while you speak.", \.cues),
    number("pause-seconds", "The shortest silence that counts as a pause.", 0.1...2, \.pauseSeconds),
    band("pace-comfortable", "Words a minute about which nothing is ever said.", \.paceComfortable),
    band("pace-usable", "Words a minute that are fine, if lively or slow.", \.paceUsable),
    band("pace-flag", "Words a minute outside which a cue may be given.", \.paceFlag),
    number("fillers-watch", "Fillers a minute above which the meter says watch.", 0...60, \.fillersWatch),
    number("fillers-act", "Fillers a minute from which the counter asks to act.", 0...60, \.fillersAct),
    choice(
      "recogniser", "What hears your words; http asks an endpoint, none leaves everything to sound alone.",
      \.recogniser),
    flag("offline", "Whether the network is forbidden outright.", \.offline),
    name("tutor", "the name of a tutor", "Which AI tutor you talk to; `rostrum tutors` lists them.", \.tutor),
    name(
      "tutor-voice", "espeak, none or the name of an endpoint for speech", "What speaks the tutor's answers.",
      \.tutorVoice),
    text("speaker", "the name of a playback device", "Where the tutor is heard, by ALSA's name.", \.speaker) {
      $0.isEmpty ? "is empty; default is the usual one" : controlProblem($0)
    },
    number("volume", "How loud the tutor speaks; 1 is full.", 0...1, \.volume),
    Setting(
      "balance", "a number from -1 (left) to 1 (right)", "Where the tutor is heard, between left and right.",
      show: { decimal($0.balance) },
      read: { text, settings in
        let digits = text.hasPrefix("-") ? String(text.dropFirst()) : text
        guard isPlainNumber(digits), let value = Double(text), (-1...1).contains(value) else {
          return "is not a number from -1 to 1"
        }
        settings.balance = value == 0 ? 0 : value
        return nil
      }),
    Setting(
      "turn-end-seconds", "0, or a number from 2.5 to 10",
      "How long a silence ends your turn with the tutor; 0 leaves it to the key, since pauses are good.",
      show: { decimal($0.turnEndSeconds) },
      read: { text, settings in
        guard isPlainNumber(text), let value = Double(text), value == 0 || (2.5...10).contains(value) else {
          return "is not 0 or a number from 2.5 to 10"
        }
        settings.turnEndSeconds = value
        return nil
      }),
    choice("barge-in", "What stops the tutor's voice: the key, or your voice too with headphones.", \.bargeIn),
    number(
      "tutor-budget", "What endpoints may cost in a month, in the currency of their prices; 0 for no limit.",
      0...100_000, \.tutorBudget),
    Setting(
      "tutor-tokens", "a whole number from 500 to 200000", "How many tokens are sent with a question at most.",
      show: { String($0.tutorTokens) },
      read: { text, settings in
        guard isPlainNumber(text), let value = Int(text), (500...200_000).contains(value) else {
          return "is not a whole number from 500 to 200000"
        }
        settings.tutorTokens = value
        return nil
      }),
    flag(
      "privacy-mask", "Whether mail addresses, numbers, links and names are masked before they are sent.",
      \.privacyMask),
    text("privacy-names", "names apart by commas, or nothing", "Names that privacy-mask masks too.", \.privacyNames) {
      controlProblem($0)
    },
    choice("context", "What kind of talking your sessions are judged as, unless the talk says.", \.context),
    flag(
      "blind-count", "Whether you guess your fillers before the figures of a take are shown.", \.blindCount),
    Setting(
      "first-language", "a language's code such as es, or nothing",
      "Which language you grew up with: it chooses the sounds that drills hold apart.",
      show: { $0.firstLanguage },
      read: { text, settings in
        let code = text.lowercased()
        guard code.isEmpty || (2...3).contains(code.count) && code.allSatisfy({ ("a"..."z").contains($0) }) else {
          return "is not a language's code such as es, zh or ar"
        }
        settings.firstLanguage = code
        return nil
      }),
    number("drill-minutes", "How many minutes of drills make a day.", 1...120, \.drillMinutes),
    Setting(
      "drill-days", "a whole number of days from 1 to 365", "After how many days a drill is due again at the latest.",
      show: { String($0.drillDays) },
      read: { text, settings in
        guard isPlainNumber(text), let value = Int(text), (1...365).contains(value) else {
          return "is not a whole number from 1 to 365"
        }
        settings.drillDays = value
        return nil
      }),
    days(
      "privacy-keep-audio-days", "After how many days kept sound is deleted, at the next start; 0 keeps it.",
      \.keepAudioDays),
    days(
      "privacy-keep-sessions-days", "After how many days whole sessions are deleted, at the next start; 0 keeps them.",
      \.keepSessionsDays),
    text(
      "share-folder", "a folder's whole path",
      "Where tutors with accounts of their own find you, if an administrator"
        + " made a folder for you in it: `rostrum share --setup-help`.", \.shareFolder
    ) {
      isPlainFolder($0) ? nil : "is not a folder's whole path such as /run/rostrum"
    },
    text(
      "publish-command", "a command", "What --publish runs on a class host, where rostrum is not on the path there.",
      \.publishCommand
    ) { $0.isEmpty ? "is empty; rostrum relay is the usual one" : controlProblem($0) },
    choice("tutor-cues", "Whether a tutor's cue is shown while you speak or waits for the review.", \.tutorCues),
    Setting(
      "period-milliseconds", "a whole number from 5 to 50",
      "How much sound the card hands over at a time: smaller is quicker, larger is safer.",
      show: { String($0.periodMilliseconds) },
      read: { text, settings in
        guard isPlainNumber(text), let value = Int(text), (5...50).contains(value) else {
          return "is not a whole number from 5 to 50"
        }
        settings.periodMilliseconds = value
        return nil
      }),
    number(
      "syllables-per-word", "Syllables in your average word; turns syllables into words a minute.", 1...2.5,
      \.syllablesPerWord),
  ]
}

// MARK: Kinds of values

extension Setting {
  private static func days(_ key: String, _ meaning: String, _ path: Path<Int>) -> Setting {
    Setting(
      key, "a whole number of days from 0 to 36500", meaning, show: { String($0[keyPath: path]) },
      read: { text, settings in
        guard isPlainNumber(text), let value = Int(text), (0...36_500).contains(value) else {
          return "is not a whole number from 0 to 36500"
        }
        settings[keyPath: path] = value
        return nil
      })
  }

  private typealias Path<Value> = any WritableKeyPath<Settings, Value> & Sendable

  private static func text(
    _ key: String, _ kind: String, _ meaning: String, _ path: Path<String>,
    problem: @escaping @Sendable (String) -> String?
  ) -> Setting {
    Setting(key, kind, meaning, show: { $0[keyPath: path] }) { text, settings in
      if let problem = problem(text) { return problem }
      settings[keyPath: path] = text
      return nil
    }
  }

  private static func name(_ key: String, _ kind: String, _ meaning: String, _ path: Path<String>) -> Setting {
    text(key, kind, meaning, path) { isThemeName($0) ? nil : "is not a name: letters, digits, - and _ only" }
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ key: String, _ meaning: String, _ path: Path<Choice>
  ) -> Setting {
    let names = Choice.allCases.map(\.rawValue)
    let kind = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    return Setting(key, kind, meaning, show: { $0[keyPath: path].rawValue }) { text, settings in
      guard let value = Choice(rawValue: text.lowercased()) else {
        let near = nearest(to: text, among: names).map { "; did you mean \($0)?" } ?? ""
        return "is not \(kind)\(near)"
      }
      settings[keyPath: path] = value
      return nil
    }
  }

  private static func flag(_ key: String, _ meaning: String, _ path: Path<Bool>) -> Setting {
    Setting(key, "yes or no", meaning, show: { $0[keyPath: path] ? "yes" : "no" }) { text, settings in
      guard let value = truth(text) else { return "is not yes or no" }
      settings[keyPath: path] = value
      return nil
    }
  }

  private static func number(
    _ key: String, _ meaning: String, _ range: ClosedRange<Double>, _ path: Path<Double>
  ) -> Setting {
    let kind = "a number from \(decimal(range.lowerBound)) to \(decimal(range.upperBound))"
    return Setting(key, kind, meaning, show: { decimal($0[keyPath: path]) }) { text, settings in
      guard isPlainNumber(text), let value = Double(text), range.contains(value) else { return "is not \(kind)" }
      settings[keyPath: path] = (value * 1000).rounded() / 1000
      return nil
    }
  }

  private static func band(_ key: String, _ meaning: String, _ path: Path<ClosedRange<Double>>) -> Setting {
    Setting(key, "a range such as 140-160", meaning, show: { span($0[keyPath: path]) }) { text, settings in
      let ends = text.split(omittingEmptySubsequences: false) { "-–—".contains($0) }
        .map { String($0).trimmingBlanks() }
      guard ends.count == 2, ends.allSatisfy(isPlainNumber), let low = Double(ends[0]), let high = Double(ends[1])
      else { return "is not a range such as 140-160" }
      guard low < high else { return "is not a range: its first number must be the smaller" }
      guard low >= 20, high <= 500 else { return "is outside 20 to 500 words a minute" }
      settings[keyPath: path] = low.rounded()...max(high.rounded(), low.rounded() + 1)
      return nil
    }
  }
}
