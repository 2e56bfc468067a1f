import Glibc
package import Practice

/// Where PocketSphinx's US-English model lies: sounds, dictionary, words that follow each other.
package struct SphinxModel: Equatable, Sendable {
  /// The folder that holds `en-us`, `cmudict-en-us.dict` and `en-us.lm.bin`.
  package var folder: String

  /// Where Debian's package puts it.
  package static let installed = SphinxModel(folder: "/usr/share/pocketsphinx/model/en-us")

  /// A model in a folder of its own.
  package init(folder: String) { self.folder = folder }

  /// The folder of the acoustic model.
  package var sounds: String { folder + "/en-us" }
  /// The pronouncing dictionary.
  package var dictionary: String { folder + "/cmudict-en-us.dict" }
  /// The general language model.
  package var words: String { folder + "/en-us.lm.bin" }

  /// The first of its files that cannot be read; nil where all is there.
  ///
  /// The library ends the process over some files that are missing, so this is asked before it is.
  package func missing(needsWords: Bool = true) -> String? {
    files(needsWords: needsWords).first { access($0, R_OK) != 0 }
  }

  /// Every file that is loaded.
  package func files(needsWords: Bool = true) -> [String] {
    let parts = ["feat.params", "mdef", "means", "noisedict", "sendump", "transition_matrices", "variances"]
    return parts.map { sounds + "/" + $0 } + [dictionary] + (needsWords ? [words] : [])
  }
}

/// What is searched with.
package enum SphinxLanguage: Equatable, Sendable {
  /// The general language model.
  case stock
  /// A language model as ARPA text, and pronunciations of those of its words that the dictionary lacks.
  case script(arpa: String, entries: [Entry])

  /// A word and how it is said.
  package struct Entry: Equatable, Sendable {
    /// In lower case, without blanks and brackets; one that is not is left out.
    package var word: String
    /// Phones of the model's 39, apart by spaces, as in "HH AH L OW".
    package var phones: String

    /// Makes an entry.
    package init(word: String, phones: String) {
      self.word = word
      self.phones = phones
    }
  }

  /// Bytes in a word at most.
  private static let wordBytes = 60

  /// Whether `text` is a word that a model and a dictionary can hold: letters and apostrophes, not too many.
  static func isWord(_ text: String) -> Bool {
    let bytes = text.utf8
    return bytes.count <= wordBytes && bytes.allSatisfy { $0 >= 97 && $0 <= 122 || $0 == 39 }
      && bytes.contains { $0 != 39 }
  }

  /// What words that are found with it are marked with.
  package var source: Word.Source {
    switch self {
    case .stock: .stock
    case .script: .script
    }
  }
}
