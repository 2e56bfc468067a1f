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

      English, without a network, unless the setting recogniser is http. Of free
      speech about every second word comes out wrong: good for counting and finding,
      not for reading. Where the talk is known beforehand, nine in ten are right and
      more.
      """)

  /// In which form.
  enum Form: String, CaseIterable, ExpressibleByArgument { case txt, json, srt, vtt }

  @Argument(help: "A recording: WAV, FLAC, Ogg.", completion: .file())
  var file: String

  @Option(help: "The talk that is spoken, in Markdown: its words are what is listened for.", completion: .file())
  var script: String?

  @Option(help: "txt; json: words with times and confidence; srt or vtt: captions. Else by the ending of --output.")
  var format: Form?

  @Flag(help: "The same as --format json.")
  var json = false

  @Option(help: "Listen to one channel, counted from 1, instead of all of them mixed.")
  var channel: Int?

  @Option(help: "Write into this file, - for standard output.")
  var output: String?

  @Option(help: "What hears the words: auto, or http for the endpoint in the settings.")
  var recogniser: String?

  @Flag(help: "Forbid the network outright.")
  var offline = false

  @Flag(help: "Replace a file that exists.")
  var yes = false

  mutating func run() throws {
    guard file != "-" else { throw Failure(.usage, Messages.transcribeReadsFiles) }
    if output?.isEmpty ?? false { throw Failure(.usage, Messages.outputHasNoName) }
    if let channel, !(1...Limits.channels).contains(channel) {
      throw Failure(.usage, Messages.noChannelNumber(channel))
    }
    if json, let format, format != .json { throw Failure(.usage, Messages.notTogether("--json", "--format \(format)")) }
    if let found = kind(of: file), found != S_IFREG {
      throw Failure(.badData, Messages.transcribeReadsRecordings(file, isFolder: found == S_IFDIR))
    }
    let target = output == "-" ? nil : output
    if let target, yes { try SparedFiles(recordings: [FileIdentity(file)], script: script).check(target) }
    let form = form
    var flags: [String: String] = [:]
    flags["recogniser"] = recogniser
    if offline { flags["offline"] = "yes" }
    let surroundings = try Surroundings.gather(flags: flags)
    Log.open(in: surroundings.places.logs)
    let talk = try script.flatMap { try GivenScript(path: $0).forRecording() }
    let load = try loading(talk, surroundings)
    let made = try target.map { path throws(Failure) in try NewFile(path: path, replaces: yes) }
    let interruption = Interruption()
    let progress = ProgressLine()
    var signal: Int32 = 0
    let transcription = Transcription(path: file, channel: channel, load: load)
    let found = try transcription.run { share in
      progress.show(Messages.transcribing(share))
      signal = interruption.signal
      return signal == 0
    }
    progress.clear()
    guard let found else {
      Printed.complain(Messages.transcribeStopped)
      throw ExitStatusError(status: ExitStatus(signal: signal))
    }
    for warning in found.warnings { Printed.complain("\(file): \(warning)") }
    caution(found.transcript, talk)
    let text = text(of: found.transcript, talk, form)
    guard let made else { return Printed.text(text) }
    try made.put(text)
    try made.finish()
  }

  /// Says how far the words are to be trusted, and what is written where its name says otherwise.
  private func caution(_ transcript: Transcript, _ talk: Talk?) {
    if transcript.words.isEmpty {
      Printed.complain(Messages.noWords(file))
    } else if transcript.source == .stock {
      Printed.complain(Messages.stockWords)
    } else if let talk, let coverage = Prompter.coverageIfLost(transcript.words, of: talk.script) {
      Printed.complain(Messages.wordsDoNotFit(coverage))
    }
    guard let output, output != "-" else { return }
    let name = output.split(separator: "/").last.map(String.init) ?? output
    let ending = name.split(separator: ".").dropFirst().last.map(String.init)
    if let ending, Form(rawValue: ending.lowercased()) != form {
      Printed.complain(Messages.written(name, form.rawValue))
    }
  }

  /// What was asked for, else what the ending of the output's name says, else text.
  private var form: Form {
    if json { return .json }
    return format ?? output?.split(separator: ".").last.flatMap { Form(rawValue: $0.lowercased()) } ?? .txt
  }

  /// How the recogniser is made: the endpoint for transcription where the settings ask for it, else the one of this
  /// machine, for which a script must be one that it can say.
  private func loading(_ talk: Talk?, _ surroundings: Surroundings) throws(Failure) -> Scribe.Loading {
    if surroundings.settings.recogniser == .http { return try Recognisers.endpoint(surroundings) }
    let language: SphinxLanguage
    do throws(RecognitionError) {
      try ModelProbe.check(places: surroundings.places)
      language =
        try talk.map { talk throws(RecognitionError) in
          guard let language = try SphinxLanguage.of(talk) else {
            throw RecognitionError(.scriptRefused, operation: "read")
          }
          return language
        } ?? .stock
    } catch { throw Failure(error) }
    return { () throws(RecognitionError) in try PocketSphinx(language: language) }
  }

  private func text(of transcript: Transcript, _ talk: Talk?, _ form: Form) -> String {
    if form == .json { return transcript.json.text + "\n" }
    let spelled = talk.map { SpelledWords(transcript.words, as: $0.script) }
    let words = (spelled?.words ?? transcript.words).map { word in
      var word = word
      word.text = sanitised(word.text)
      return word
    }
    guard form != .txt else { return SpokenLines(words).text }
    return Captions(words, sentenceEnds: spelled?.sentenceEnds ?? []).text(form == .srt ? .srt : .vtt)
  }
}
