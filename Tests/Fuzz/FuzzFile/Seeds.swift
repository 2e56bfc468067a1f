import CSndFile
import Glibc

/// Container, encoding and channels of one seed.
private struct Seed {
  var name: String
  var container: Int
  var encoding: Int
  var rate: Int32
  var channels: Int32
}

private let seeds = [
  Seed(name: "pcm16.wav", container: SF_FORMAT_WAV, encoding: SF_FORMAT_PCM_16, rate: 16_000, channels: 1),
  Seed(name: "u8.wav", container: SF_FORMAT_WAV, encoding: SF_FORMAT_PCM_U8, rate: 8_000, channels: 2),
  Seed(name: "pcm24.wav", container: SF_FORMAT_WAV, encoding: SF_FORMAT_PCM_24, rate: 48_000, channels: 2),
  Seed(name: "float.wav", container: SF_FORMAT_WAV, encoding: SF_FORMAT_FLOAT, rate: 44_100, channels: 1),
  Seed(name: "ima.wav", container: SF_FORMAT_WAV, encoding: SF_FORMAT_IMA_ADPCM, rate: 22_050, channels: 1),
  Seed(name: "extensible.wav", container: SF_FORMAT_WAVEX, encoding: SF_FORMAT_DOUBLE, rate: 96_000, channels: 3),
  Seed(name: "pcm16.flac", container: SF_FORMAT_FLAC, encoding: SF_FORMAT_PCM_16, rate: 16_000, channels: 1),
  Seed(name: "pcm24.flac", container: SF_FORMAT_FLAC, encoding: SF_FORMAT_PCM_24, rate: 48_000, channels: 2),
  Seed(name: "pcm16.aiff", container: SF_FORMAT_AIFF, encoding: SF_FORMAT_PCM_16, rate: 44_100, channels: 2),
  Seed(name: "float.aiff", container: SF_FORMAT_AIFF, encoding: SF_FORMAT_FLOAT, rate: 16_000, channels: 1),
  Seed(name: "ulaw.au", container: SF_FORMAT_AU, encoding: SF_FORMAT_ULAW, rate: 8_000, channels: 1),
  Seed(name: "vorbis.ogg", container: SF_FORMAT_OGG, encoding: SF_FORMAT_VORBIS, rate: 16_000, channels: 1),
  Seed(name: "opus.ogg", container: SF_FORMAT_OGG, encoding: SF_FORMAT_OPUS, rate: 48_000, channels: 1),
  Seed(name: "pcm16.caf", container: SF_FORMAT_CAF, encoding: SF_FORMAT_PCM_16, rate: 16_000, channels: 1),
  Seed(name: "pcm16.w64", container: SF_FORMAT_W64, encoding: SF_FORMAT_PCM_16, rate: 16_000, channels: 1),
]

/// Why a seed could not be written.
struct SeedError: Error {
  /// The file.
  var name: String
  /// What libsndfile said.
  var said: String
}

/// Writes a hundredth of a second of a tone in every format into an existing folder.
func writeSeeds(into folder: String) throws {
  for seed in seeds {
    var info = SF_INFO()
    info.samplerate = seed.rate
    info.channels = seed.channels
    info.format = Int32(seed.container | seed.encoding)
    guard let handle = sf_open("\(folder)/\(seed.name)", Int32(SFM_WRITE), &info) else {
      throw SeedError(name: seed.name, said: String(cString: sf_strerror(nil)))
    }
    let frames = Int(seed.rate) / 100
    let tone = (0..<frames * Int(seed.channels)).map { 0.3 * sinf(Float($0 / Int(seed.channels)) * 0.1) }
    sf_writef_float(handle, tone, Int64(frames))
    sf_close(handle)
  }
}
