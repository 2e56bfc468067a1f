import ArgumentParser
import Recognition

/// `rostrum probe-words FOLDER`: loads a model of speech and ends, well or not. Started by the program itself.
struct ProbeWordsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe-words", abstract: "Try whether the words' model loads.", shouldDisplay: false)

  @Argument(help: "The model's folder.")
  var folder: String

  mutating func run() throws {
    do throws(RecognitionError) { try ModelProbe.load(folder) } catch { throw Failure(error) }
  }
}
