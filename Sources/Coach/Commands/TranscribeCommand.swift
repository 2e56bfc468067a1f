import ArgumentParser
import CLinux
import Glibc
import Practice
import Recognition
import Report
import Terminal

/// `rostrum transcribe`: the words of a recording.
struct TranscribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcribe", abstract: "Write down the words of a recording, with their times.",
    discussion: """
      Examples:
        rostrum transcribe talk.wav
        rostrum transcribe take.wav --script talk.md --format srt --output take.srt

      English, without a network. Of free speech about every second word comes out
      wrong: good for counting and finding, not for reading. Where the talk is known
      beforehand, nine in ten are right and more.
      """)

  /// In which form.
  enum Form: String, CaseIterable, ExpressibleByArgument { case txt, json, srt, vtt }

  @Argument(help: "A recording: WAV, FLAC, Ogg.", completion: .file())
  var file: String

  @Option(help: "The talk that is spoken, in Markdown: its words are what is listened for.", completion: .file())
  var script: String?

  @Option(help: "txt; json: words with times and confidence; srt or vtt: captions.")
  var format: Form = .txt

  @Option(help: "Listen to one channel, counted from 1, instead of all of them mixed.")
  var channel: Int?

  @Option(help: "Write into this file, - for standard output.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var yes = false

  mutating func run() throws {
    guard file != "-" else { throw Failure(.usage, Messages.transcribeReadsFiles) }
    if output?.isEmpty ?? false { throw Failure(.usage, Messages.outputHasNoName) }
    if let channel, !(1...Limits.channels).contains(channel) {
      throw Failure(.usage, Messages.noChannelNumber(channel))
    }
    let talk = try talk()
    let language = try language(talk)
    let target = output == "-" ? nil : output
    if let target, yes, let one = FileIdentity(target), one == FileIdentity(file) {
      throw Failure(.cannotCreate, Messages.outputIsRecording(target))
    }
    let made = try target.map { path throws(Failure) in try NewFile(path: path, replaces: yes) }
    let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].withUnsafeBufferPointer {
      rostrum_signalfd($0.baseAddress, Int32($0.count))
    }
    let progress = ProgressLine()
    var signal: Int32 = 0
    let transcription = Transcription(path: file, channel: channel, language: language)
    let found = try transcription.run { share in
      progress.show(Messages.transcribing(share))
      signal = rostrum_signalfd_read(signals)
      return signal == 0
    }
    progress.clear()
    guard let found else { throw ExitStatusError(status: ExitStatus(signal: signal)) }
    for warning in found.warnings { Printed.complain("\(file): \(warning)") }
    if format == .txt, found.transcript.source == .stock { Printed.complain(Messages.stockWords) }
    if found.transcript.words.isEmpty { Printed.complain(Messages.noWords(file)) }
    let text = text(of: found.transcript, talk)
    guard let made else { return Printed.text(text) }
    try made.put(text)
    try made.finish()
  }

  /// The talk that is spoken; nil without one.
  private func talk() throws -> Talk? {
    guard let script else { return nil }
    let (talk, complaints) = try Rehearsal.talk(at: script)
    for complaint in complaints { Printed.complain(complaint.description) }
    guard !talk.body.contains("\0") else { throw Failure(.badData, Messages.notText(script)) }
    guard !talk.script.isEmpty else { throw Failure(.badData, Messages.nothingToSay(talk)) }
    return talk
  }

  private func language(_ talk: Talk?) throws -> SphinxLanguage {
    guard let talk else { return .stock }
    do throws(RecognitionError) {
      guard let language = try SphinxLanguage.of(talk) else {
        throw RecognitionError(.scriptRefused, operation: "read")
      }
      return language
    } catch { throw Failure(error) }
  }

  private func text(of transcript: Transcript, _ talk: Talk?) -> String {
    if format == .json { return transcript.json.text + "\n" }
    let spelled = talk.map { SpelledWords(transcript.words, as: $0.script) }
    let words = (spelled?.words ?? transcript.words).map { word in
      var word = word
      word.text = sanitised(word.text)
      return word
    }
    guard format != .txt else { return SpokenLines(words).text }
    return Captions(words, sentenceEnds: spelled?.sentenceEnds ?? []).text(format == .srt ? .srt : .vtt)
  }
}
