/// How one sample is stored, always little endian.
///
/// Only linear formats are here: a device that offers none of these is opened through ALSA's `plug`, which makes one.
package enum SampleEncoding: Equatable, Sendable, CaseIterable {
  /// Unsigned bytes around 128.
  case u8
  /// Signed bytes.
  case s8
  /// Signed 16 bits.
  case s16
  /// Signed 24 bits in three bytes.
  case s24
  /// Signed 24 bits in the lower three bytes of four; the fourth is not looked at.
  case s24in32
  /// Signed 32 bits.
  case s32
  /// IEEE 754 single precision, full scale at ±1.
  case float32

  /// Bytes taken by one sample.
  package var bytes: Int {
    switch self {
    case .u8, .s8: 1
    case .s16: 2
    case .s24: 3
    case .s24in32, .s32, .float32: 4
    }
  }
}

/// What a source delivers: rate in hertz, channels, and how a sample is stored.
package struct SoundFormat: Equatable, Sendable {
  /// Rates a source may have, hertz.
  static let rates = 4000...768_000
  /// Channels a source may have.
  static let channelLimit = 256

  /// Frames in a second.
  package let rate: Int
  /// Samples in a frame.
  package let channels: Int
  /// How a sample is stored.
  package let encoding: SampleEncoding

  /// A format as the device or file gave it.
  package init(rate: Int, channels: Int, encoding: SampleEncoding) {
    self.rate = rate
    self.channels = channels
    self.encoding = encoding
  }

  /// Bytes taken by one sample of every channel.
  package var frameBytes: Int { channels * encoding.bytes }
}
