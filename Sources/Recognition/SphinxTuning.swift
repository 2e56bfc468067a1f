/// How PocketSphinx is set: the options that differ from its own, each for a measured reason.
enum SphinxTuning {
  /// The cepstral mean of an average microphone, as the model's makers give it.
  static let firstMean: [Float] = [41, -5.29, -0.12, 5.09, 2.48, -4.07, -1.37, -1.78, -5.08, -2.05, -6.45, -1.42, 1.17]
  /// Frames that it weighs against what is heard: one second, so that the first utterance corrects it already.
  static let firstMeanFrames = 100

  /// The options for a search with the general model or a script's.
  static func options(_ model: SphinxModel, dictionary: String, isStock: Bool) -> [(name: String, value: String)] {
    let common = [
      (name: "-hmm", value: model.sounds), (name: "-dict", value: dictionary),
      // Frames that the library leaves out as silent would move the times of all words after them.
      (name: "-remove_silence", value: "no"),
      // States searched in a frame at most, a tenth of the library's own limit: general speech takes 0.17 of real time
      // instead of 0.30 on the recordings at hand, with 35.1 % of words wrong instead of 35.9 %.
      (name: "-maxhmmpf", value: "3000"),
    ]
    return common + (isStock ? [(name: "-lm", value: model.words)] : [])
  }

  /// The options for choosing between words: nothing is pruned, since the score of every word is asked for, and neither
  /// words nor silence cost anything. Words of noise (a cough, a breath) all but cannot be put in.
  static func choosing(_ model: SphinxModel, dictionary: String) -> [(name: String, value: String)] {
    let open = ["-beam", "-wbeam", "-pbeam"].map { (name: $0, value: "0") }
    let free = ["-lw", "-pip", "-wip", "-silprob"].map { (name: $0, value: "1") }
    return open + free + [
      (name: "-hmm", value: model.sounds), (name: "-dict", value: dictionary),
      (name: "-remove_silence", value: "no"), (name: "-maxhmmpf", value: "-1"), (name: "-bestpath", value: "no"),
      (name: "-fillprob", value: "1e-20"),
    ]
  }
}
