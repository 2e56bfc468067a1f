import Glibc
package import History
import Practice

package import Sound

/// Every sentence Rostrum says: what happened, in the user's words, and what to do next.
package enum Messages {
  // MARK: While rehearsing

  static let askFinish = "Finish and save?"
  static let finishing = "Hearing out the last of it"
  static let paused = "Paused. Space goes on."
  static let noSpeech = "no speech heard"
  static let noMicrophoneHome =
    "No microphone was found. The demo shows what a rehearsal looks like; Devices lists what there is."
  static let noDevices = """
    No capture device was found. Plug in a microphone, or check that PulseAudio or PipeWire is running. \
    In containers and over SSH there often is none: rostrum rehearse --demo works everywhere.
    """

  static func noSound(_ device: String) -> String { "No sound from \(device). Muted? d lists the devices." }
  static func recovering(_ device: String) -> String { "\(device) is gone; trying again each second." }
  static func notSaved(seconds: Int, _ reason: String) -> String {
    "Not saved for \(seconds) s (\(reason)). The session goes on."
  }
  static func savingAtEnd(_ reason: String, path: String) -> String {
    "Not saved yet (\(reason)); saving is being tried. If it fails, the session will be in \(path)."
  }
  static func notSavedYet(_ reason: String) -> String { "Not saved yet: \(reason)." }
  static func savedLine(_ id: String) -> String { "Saved session \(id): rostrum sessions show \(id)" }
  static func savedAgain(seconds: Int) -> String { "nothing was saved for \(seconds) s, then everything was" }
  static func nowListening(to name: String) -> String { "now listening to \(name)" }
  static func fallback(from asked: String, to used: String) -> String {
    "\(asked) could not be opened; \(used) is used instead"
  }
  static func rescued(_ path: String, _ reason: String) -> String {
    "The session could not be saved in the history: \(reason). Its events are in \(path)."
  }
  static func lost(_ reason: String) -> String {
    "The session could not be saved in the history, nor anywhere else: \(reason)."
  }
  static func closedAbandoned(_ id: String, _ clock: String) -> String {
    "Found session \(id), cut off at \(clock); it is kept as interrupted."
  }
  static func audioStopped(_ reason: String) -> String { "audio is no longer kept: \(reason)" }
  static func fewFiles(_ limit: Int) -> String {
    "This shell allows \(limit) open files, Rostrum needs \(Limits.openFiles). Run: ulimit -n 256"
  }
  static let noThread = "The system has no thread left for Rostrum. Close other programs, then try again."
  static let opening = "Opening the microphone"
  static let stillSaving = "The last session is not saved yet. Wait a moment, then start the next one."
  static func marked(_ clock: String) -> String { "Marked \(clock)" }
  static func chosen(_ device: String) -> String {
    "\(device) is used until you leave. Keep it with: rostrum config set device \(device)"
  }
  static let mendSettings = "Mend the line, or run: rostrum config set KEY VALUE"
  static let notFromHere = "This is a recording. The device is used for the next rehearsal."
  static func gone(_ name: String) -> String { "\(name) is gone" }
  static func lostSound(_ gap: Gap) -> String {
    "\(Figures.decimal(gap.lostSeconds, 1)) s of sound lost: \(gapCause(gap.cause))."
  }
  static func cannotWrite(_ code: Int32) -> String {
    "Cannot write the output: \(String(cString: strerror(code))). The session is saved."
  }
  static func nothingCame(_ name: String) -> String {
    "No sound came in from \(name). Check what sends it; it has to be raw 16-bit mono samples."
  }
  static func readFailed(_ error: SoundError) -> String { "the sound ended early: \(sentence(error))" }
  static func notKept(_ events: Int) -> String {
    "\(events) events could not be kept: too much was waiting for the disk."
  }
  static func themeNotice(_ name: String) -> String {
    "Theme: \(name). Keep it with: rostrum config set theme \(name)"
  }
  static let noDemo =
    "The demo's script, Prompts/demo.txt, was not found beside the program. Install Rostrum again: make install"
  static func noVoice(_ detail: String) -> String {
    "The demo cannot be spoken: espeak-ng does not answer (\(detail)). Install it: sudo apt install espeak-ng-data"
  }
  static let endedEarly = "the recording ends in the middle; everything up to there was heard"

  static func gapCause(_ cause: String) -> String {
    switch cause {
    case "overrun": "sound came faster than it was read"
    case "suspended": "the machine slept"
    case "vanished": "the microphone was gone"
    case "stalled": "the microphone gave no sound"
    case "behind": "the analysis fell behind"
    case "changed": "the microphone was changed"
    default: cause
    }
  }

  // MARK: Errors

  /// The sentence for a source or recording that could not be used.
  package static func sentence(_ error: SoundError, available: [String] = []) -> String {
    let name = Printed.safe(error.name)
    switch error.kind {
    case .noSuchDevice:
      let list =
        available.isEmpty
        ? "No capture device was found; rostrum rehearse --demo works without one."
        : "There is: " + available.joined(separator: ", ") + "."
      return "There is no capture device called \"\(name)\". \(list) rostrum devices tells more."
    case .deviceBusy:
      return "\"\(name)\" is in use by another program. Close that program, or choose another device: rostrum devices"
    case .noPermission where error.operation.hasPrefix("snd_") || name.hasPrefix("/dev/snd"):
      let group = error.detail.isEmpty ? "audio" : error.detail
      return
        "You may not open \"\(name)\": your user is not in the group \(group). Run: sudo usermod -aG \(group) $USER, then log in again."
    case .noPermission: return "You may not open \(name) (\(error.detail)). Check its permissions."
    case .badDevice:
      return "\"\(name)\" opens but offers no format Rostrum can use (\(error.detail)). Try another: rostrum devices"
    case .noSuchFile: return "There is no file \(name). Check the path."
    case .notAudio where error.detail == "not a regular file":
      return
        "\(name) is not a file. To listen to a pipe: rostrum rehearse --input \(name) --rate 16000"
    case .noSuchChannel:
      return
        "\(name) has \(error.detail == "1" ? "one channel" : error.detail + " channels"), no \(error.operation). Leave --channel out to mix them."
    case .notAudio:
      return
        "\(name) is not a recording Rostrum can read (WAV, FLAC or Ogg). Convert it, for instance: ffmpeg -i IN talk.wav"
    case .emptyFile: return "\(name) holds no sound. Record it again, or choose another file."
    case .truncatedFile: return "\(name) ends in the middle; everything up to there was heard."
    case .cannotCreate: return "Cannot write \(name) (\(error.detail)). Check the folder and its permissions."
    case .diskFull: return "The disk is full: \(name) cannot be written. Free some space."
    case .io:
      return
        "\(name): \(error.detail.isEmpty ? "the system reported error \(error.code)" : error.detail) (\(error.operation))."
    }
  }

  /// The sentence for a history that could not be used.
  package static func sentence(_ error: HistoryError) -> String {
    let path = error.path
    switch error.kind {
    case .newerVersion:
      return
        "\(path) was written by a newer version of Rostrum. It was not touched. Update Rostrum, or set ROSTRUM_HOME to another folder."
    case .corrupt:
      return
        "\(path) is damaged or no database. It was not touched. Save what is readable: rostrum export --all --output DIR. Then move it aside, or put a backup in its place: rostrum restore FILE"
    case .readOnly:
      return
        "Cannot write to \(path) (\(error.detail)). Check its permissions, or set ROSTRUM_HOME to a folder of yours."
    case .diskFull: return "The disk that holds \(path) is full. Free some space."
    case .busy: return "\(path) is locked by another program. Close it, or try again in a moment."
    case .cannotCreate:
      return "Cannot create \(path) (\(error.detail)). Check its permissions, or set ROSTRUM_HOME to a folder of yours."
    case .notFound: return "There is no such session. rostrum sessions lists them."
    case .exists: return "\(path) is there already (\(error.detail)). It was left as it is."
    case .ambiguous(let ids): return "Several sessions fit: \(ids.prefix(8).joined(separator: ", "))."
    case .held: return "The session is still running in another Rostrum."
    case .queueFull: return "Too much is waiting to be saved."
    case .io: return "\(path): \(error.detail) (\(error.operation))."
    }
  }

  static func unreadable(_ lines: Int) -> String {
    "\(Figures.count(lines, "line")) of this session cannot be read and \(lines == 1 ? "was" : "were") left out."
  }

  static let noSessions = "No sessions yet. Start one: rostrum rehearse"

  static func noSession(_ reference: String) -> String {
    "There is no session \"\(reference)\". rostrum sessions lists them."
  }

  static func severalSessions(_ reference: String, _ ids: [String]) -> String {
    "\"\(reference)\" fits several sessions: \(ids.prefix(8).joined(separator: ", ")). Type more of it."
  }

  /// A few words for the status line about why saving is late.
  static func reason(_ error: HistoryError?) -> String {
    switch error?.kind {
    case .diskFull: "the disk is full"
    case .queueFull: "too much is waiting to be saved"
    case .busy, nil: "the database is locked by another program"
    case .readOnly: "the data folder cannot be written to"
    default: "the disk reports an error"
    }
  }
}

/// What the prompter says below the script.
extension Messages {
  static let prompterFollows = "following your words again"
  /// That the recogniser could not keep up.
  static func wordsBehind(_ seconds: Double) -> String {
    "Words fell behind: those of \(Figures.decimal(seconds, 1)) s were not heard. All else was."
  }

  static let prompterHolds = "aside: holding your place"

  /// Why the script moves by pace and not by words.
  static func prompterPaces(_ reason: Prompter.Reason, isNoisy: Bool = false, brief: Bool = false) -> String {
    let (full, short) =
      switch reason {
      case .noWords where isNoisy, .noFit where isNoisy: ("it is too noisy to hear your words", "too noisy")
      case .noRecogniser: ("words are not listened for", "words are off")
      case .noModel: ("words need pocketsphinx-en-us", "no pocketsphinx-en-us")
      case .otherLanguage: ("the recogniser knows English only", "only English is heard")
      case .noWords: ("no words come through: noise, or too far off?", "no words heard")
      case .noFit: ("words do not fit the script: noise, or another text?", "words do not fit")
      }
    return brief ? "at your pace: " + short : "scrolling at your pace; " + full
  }

  /// What is noted of it, nil where the speaker asked for nothing else.
  static func whyNoWords(_ reason: Prompter.Reason) -> String? {
    switch reason {
    case .noModel:
      "The script moves at your pace: the model of English is missing. Run: sudo apt install pocketsphinx-en-us"
    case .otherLanguage: "The script moves at your pace: the recogniser knows English only."
    case .noRecogniser, .noWords, .noFit: nil
    }
  }

  static let nothingToEdit = "This talk has no file to edit. Start with one: rostrum rehearse talk.md"

  /// Why the editor did not help; what to do first, for a narrow row shows no more.
  static func editorFailed(_ command: String, _ problem: String) -> String {
    "Set EDITOR: \(command) \(problem)."
  }

  /// That what was written is in, though the editor did not end well.
  static func editorSaved(_ command: String, _ problem: String) -> String {
    "Your changes are in, though \(command) \(problem)."
  }
}
