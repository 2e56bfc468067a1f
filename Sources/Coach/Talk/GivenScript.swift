import Practice
import Recognition

/// A talk as a command was given it, and whether it can be listened for: one rule for all commands.
struct GivenScript {
  /// What keeps a script from being listened for.
  enum Obstacle: Equatable {
    /// Nothing in it is said.
    case nothingToSay
    /// Zero bytes: no text at all.
    case notText
    /// It is in another language than the recogniser knows.
    case notEnglish
  }

  let talk: Talk
  let obstacle: Obstacle?
  /// What was wrong with the front matter.
  let complaints: [Complaint]

  /// Reads the talk at `path`; `known` is asked for words, and nobody where it is nil.
  init(path: String, known: PronouncingDictionary? = .whole) throws(Failure) {
    (talk, complaints) = try GivenScript.read(path)
    obstacle = GivenScript.obstacle(talk, known: known)
  }

  /// Reads a talk, with what was wrong with its front matter; never from standard input.
  static func read(_ path: String) throws(Failure) -> (Talk, [Complaint]) {
    guard path != "-" else { throw Failure(.usage, Messages.talkFromInput) }
    do throws(PlaceError) { return try TalkFile.read(path: path) } catch { throw Failure(error) }
  }

  /// What keeps `talk` from being listened for, nil for nothing.
  static func obstacle(_ talk: Talk, known: PronouncingDictionary?) -> Obstacle? {
    if talk.body.utf8.contains(0) { return .notText }
    if talk.script.isEmpty { return .nothingToSay }
    if talk.script.foreignShare > Limits.foreignShare { return .notEnglish }
    let knows = known.map { known in { known.contains($0) } }
    return TalkCheck.language(of: talk.script, knows: knows) == .english ? nil : .notEnglish
  }

  /// The talk that a recording is listened to by: nil, and said, for one that is not English. Throws for one with
  /// nothing to say in it. What is wrong with the front matter is said too.
  func forRecording() throws(Failure) -> Talk? {
    for complaint in complaints { Printed.complain("\(complaint)") }
    switch obstacle {
    case nil: return talk
    case .notText: throw Failure(.badData, Messages.notText(talk.path))
    case .nothingToSay: throw Failure(.badData, Messages.nothingToSay(talk))
    case .notEnglish:
      Printed.complain(Messages.scriptNotEnglish(talk.path))
      return nil
    }
  }

  /// What a speaker is told who rehearses with it, a sentence each. Throws where the talk's length cannot be read: the
  /// lights would go by another.
  func notes() throws(Failure) -> [String] {
    let small = complaints.filter { $0.key?.hasPrefix("sections") ?? false }
    let grave = complaints.filter { !($0.key?.hasPrefix("sections") ?? false) }
    guard grave.isEmpty else { throw Failure(.badData, Failure(grave).sentence) }
    let notes = small.map(\.description) + CheckedTalk.oddHeadings(of: talk)
    return switch obstacle {
    case .notText, .nothingToSay: notes + [Messages.rehearsingWithout(talk.path)]
    case nil, .notEnglish: notes
    }
  }

  /// Whether there is something to put before the speaker.
  var isSpeakable: Bool { obstacle == nil || obstacle == .notEnglish }
}
