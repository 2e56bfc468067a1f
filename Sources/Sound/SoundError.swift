import Glibc

/// Why a source, a recording or a device could not be used.
///
/// The words for people are made elsewhere, from `kind`: this only remembers what was being done, to what, and what
/// the system answered.
package struct SoundError: Error, Equatable, Sendable {
  /// What went wrong, as far as it changes what a person should do next.
  package enum Kind: Equatable, Sendable, CaseIterable {
    /// ALSA knows no such device, or nothing answers behind it.
    case noSuchDevice
    /// Another program holds the device.
    case deviceBusy
    /// The device or file exists and may not be opened; for a device `detail` names the group that may.
    case noPermission
    /// The device opened but offers nothing we can use.
    case badDevice
    /// There is no file of that name.
    case noSuchFile
    /// The file is there and holds no audio that libsndfile knows.
    case notAudio
    /// The file has fewer channels than the one asked for; `detail` is how many it has.
    case noSuchChannel
    /// The file holds no samples.
    case emptyFile
    /// The file ended before its header said it would; what was there was delivered.
    case truncatedFile
    /// The recording could not be created.
    case cannotCreate
    /// No space left, or over quota.
    case diskFull
    /// Anything else the system reported.
    case io
  }

  /// What kind of failure this is.
  package let kind: Kind
  /// The call that failed, as in `snd_pcm_open`.
  package let operation: String
  /// The device or path.
  package let name: String
  /// `errno`, positive, or 0 where there is none.
  package let code: Int32
  /// What the library said, or what helps.
  package let detail: String

  /// An error, put together where it is noticed.
  package init(_ kind: Kind, operation: String, name: String, code: Int32 = 0, detail: String = "") {
    self.kind = kind
    self.operation = operation
    self.name = name
    self.code = code
    self.detail = detail
  }

  /// An error of a file call, its kind read from `errno`.
  static func file(_ operation: String, _ path: String, code: Int32, otherwise: Kind = .io) -> SoundError {
    let kind: Kind =
      switch code {
      case ENOENT, ENOTDIR: otherwise == .cannotCreate ? .cannotCreate : .noSuchFile
      case EACCES, EPERM, EROFS: .noPermission
      case ENOSPC, EDQUOT, EFBIG: .diskFull
      default: otherwise
      }
    return SoundError(kind, operation: operation, name: path, code: code, detail: describe(code))
  }
}

/// What the C library calls `errno` value `code`.
func describe(_ code: Int32) -> String {
  var text = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
  return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
