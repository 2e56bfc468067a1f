import Espeak
package import Practice
package import Sound
import Synchronization

/// A talk spoken by espeak-ng at run time, with planned pauses and a few "um"s: what a person without a microphone sees
/// first. It goes through the same ring, analyzer and screen as a microphone; the script is `Prompts/demo.txt`.
package struct Demo: Equatable, Sendable {
  /// A stretch of the talk.
  package enum Part: Equatable, Sendable {
    case say(String, wordsPerMinute: Int)
    case um
    case silence(seconds: Double)
  }

  package var title = "Demo"
  package var length: TalkLength?
  package var parts: [Part] = []

  /// Parts of a script that are read; what follows is left out.
  package static let partLimit = 500

  /// Reads a script; a line that cannot be read is complained about and left out.
  package static func parse(_ text: String, file: String) -> (Demo, [Complaint]) {
    var demo = Demo()
    var complaints: [Complaint] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() where demo.parts.count < partLimit {
      let words = line.split(maxSplits: 1) { $0 == " " || $0 == "\t" }.map(String.init)
      guard let verb = words.first, !verb.hasPrefix("#") else { continue }
      let rest = words.count > 1 ? words[1].trimmingBlanks() : ""
      if let problem = demo.take(verb, rest) {
        complaints.append(Complaint(file: file, line: index + 1, problem: problem))
      }
    }
    if demo.parts.isEmpty, complaints.isEmpty { complaints.append(Complaint(file: file, problem: "says nothing")) }
    return (demo, complaints)
  }

  private mutating func take(_ verb: String, _ rest: String) -> String? {
    switch verb {
    case "title": title = String(rest.prefix(200))
    case "length":
      guard let length = TalkLength(rest) else { return "\(quoted(rest)) is not a length such as 40-70s" }
      self.length = length
    case "um": parts.append(.um)
    case "silence":
      guard let seconds = Double(rest), (0.1...10).contains(seconds) else {
        return "\(quoted(rest)) is not a silence of 0.1 to 10 seconds"
      }
      parts.append(.silence(seconds: seconds))
    case "say":
      let said = rest.split(maxSplits: 1) { $0 == " " }
      guard said.count == 2, let pace = Int(said[0]), Espeak.speeds.contains(pace) else {
        return "\"say\" needs a pace in words a minute and then words, such as: say 150 Good evening."
      }
      parts.append(.say(String(said[1].prefix(2_000)), wordsPerMinute: pace))
    default: return "\(quoted(verb)) is none of say, silence, um, title, length"
    }
    return nil
  }

  /// The demo of the user's own Prompts folder, or the shipped one.
  package static func load(_ surroundings: Surroundings) throws(Failure) -> Demo {
    guard let (path, text) = try surroundings.prompt("demo.txt") else {
      throw Failure(.unavailable, Messages.noDemo)
    }
    let (demo, complaints) = parse(text, file: path)
    guard complaints.isEmpty else { throw Failure(complaints) }
    return demo
  }

  /// The demo as a source, in real time unless `fast`; throws where espeak-ng or its voice is not installed.
  package func request(fast: Bool) throws(Failure) -> SourceRequest {
    let rate: Int
    do throws(EspeakError) {
      rate = try Espeak.speak("One.", voice: Demo.voice, wordsPerMinute: 150).rate
    } catch {
      throw Failure(.unavailable, Messages.noVoice("\(error.detail) \(error.operation)"))
    }
    let parts = parts
    let position = Mutex(0)
    return .generated(name: "demo", rate: rate, fast: fast) {
      let index = position.withLock { position in
        defer { position += 1 }
        return position
      }
      return index < parts.count ? Demo.samples(parts[index], rate: rate) : nil
    }
  }

  private static let voice = "en-us"

  private static func samples(_ part: Part, rate: Int) -> [Int16] {
    switch part {
    case .silence(let seconds): room(Int(seconds * Double(rate)))
    case .say(let text, let pace): speak(text, pace, rate)
    case .um: speak("<speak><prosody range=\"10%\" rate=\"70%\">um</prosody></speak>", 80, rate)
    }
  }

  private static func speak(_ text: String, _ pace: Int, _ rate: Int) -> [Int16] {
    guard let spoken = try? Espeak.speak(text, voice: voice, wordsPerMinute: pace), spoken.rate == rate else {
      return room(rate / 2)
    }
    return spoken.samples
  }

  /// The quiet noise of a room: no room is as silent as zeros, and zeros are what a muted microphone sends.
  static func room(_ count: Int) -> [Int16] {
    var state: UInt32 = 2_463_534_242
    return (0..<max(count, 0)).map { _ in
      state ^= state << 13
      state ^= state >> 17
      state ^= state << 5
      return Int16(truncatingIfNeeded: Int32(bitPattern: state) >> 29)
    }
  }
}
