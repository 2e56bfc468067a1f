import CALSA

/// The talk with ALSA about what a device shall deliver.
enum HardwareSetup {
  /// What we take, best first: integers as the converter made them, then what costs more to move.
  static let encodings: [(SampleEncoding, snd_pcm_format_t)] = [
    (.s16, SND_PCM_FORMAT_S16_LE), (.s32, SND_PCM_FORMAT_S32_LE), (.float32, SND_PCM_FORMAT_FLOAT_LE),
    (.s24in32, SND_PCM_FORMAT_S24_LE), (.s24, SND_PCM_FORMAT_S24_3LE), (.u8, SND_PCM_FORMAT_U8),
    (.s8, SND_PCM_FORMAT_S8),
  ]
  /// The rate we would like, hertz: what sound cards run at, and three times what we work at.
  static let preferredRate: UInt32 = 48000
  /// How much the device should hold, microseconds.
  static let bufferMicroseconds: UInt32 = 500_000

  /// Sets `pcm` up for capture and makes it ready; returns what it will deliver and frames in a period.
  ///
  /// With `wanted`, rate, channels and encoding must come out exactly so. Throws `.badDevice` if they cannot.
  static func negotiate(
    _ pcm: OpaquePointer, _ name: String, _ periodMilliseconds: Int, _ wanted: SoundFormat?
  ) throws(SoundError) -> (SoundFormat, Int) {
    do throws(SoundError) {
      return try configure(pcm, name, periodMilliseconds, wanted, resample: false)
    } catch {
      return try configure(pcm, name, periodMilliseconds, wanted, resample: true)
    }
  }

  private static func configure(
    _ pcm: OpaquePointer, _ name: String, _ periodMilliseconds: Int, _ wanted: SoundFormat?, resample: Bool
  ) throws(SoundError) -> (SoundFormat, Int) {
    func need(_ operation: String, _ code: Int32) throws(SoundError) {
      if code >= 0 { return }
      throw SoundError(.badDevice, operation: operation, name: name, code: -code, detail: describe(-code))
    }
    var allocated: OpaquePointer?
    try need("snd_pcm_hw_params_malloc", snd_pcm_hw_params_malloc(&allocated))
    guard let params = allocated else { throw SoundError(.io, operation: "snd_pcm_hw_params_malloc", name: name) }
    defer { snd_pcm_hw_params_free(params) }
    try need("snd_pcm_hw_params_any", snd_pcm_hw_params_any(pcm, params))
    _ = snd_pcm_hw_params_set_rate_resample(pcm, params, resample ? 1 : 0)
    let access = snd_pcm_hw_params_set_access(pcm, params, SND_PCM_ACCESS_RW_INTERLEAVED)
    try need("snd_pcm_hw_params_set_access", access)
    let encoding = try chooseEncoding(pcm, params, name, wanted?.encoding)
    let channels = try chooseChannels(pcm, params, name, wanted?.channels)
    var rate = UInt32(wanted?.rate ?? Int(preferredRate))
    try need("snd_pcm_hw_params_set_rate_near", snd_pcm_hw_params_set_rate_near(pcm, params, &rate, nil))
    var period = UInt32(max(1, min(periodMilliseconds, 1000))) * 1000
    _ = snd_pcm_hw_params_set_period_time_near(pcm, params, &period, nil)
    var buffer = max(bufferMicroseconds, period * 4)
    _ = snd_pcm_hw_params_set_buffer_time_near(pcm, params, &buffer, nil)
    try need("snd_pcm_hw_params", snd_pcm_hw_params(pcm, params))
    let format = SoundFormat(rate: Int(rate), channels: channels, encoding: encoding)
    guard SoundFormat.rates.contains(format.rate), wanted == nil || wanted == format else {
      throw SoundError(.badDevice, operation: "snd_pcm_hw_params_set_rate_near", name: name, detail: "\(rate) Hz")
    }
    var periodFrames: snd_pcm_uframes_t = 0
    if snd_pcm_hw_params_get_period_size(params, &periodFrames, nil) < 0 { periodFrames = 0 }
    let frames = periodFrames == 0 ? format.rate / 100 : Int(clamping: periodFrames)
    try need("snd_pcm_sw_params", wakeEvery(UInt(frames), pcm))
    // The ear reads a period at a time, however large the device's own is.
    return (format, min(max(frames, 16), format.rate / 10))
  }

  private static func chooseEncoding(
    _ pcm: OpaquePointer, _ params: OpaquePointer, _ name: String, _ wanted: SampleEncoding?
  ) throws(SoundError) -> SampleEncoding {
    for (encoding, format) in encodings where wanted == nil || wanted == encoding {
      if snd_pcm_hw_params_set_format(pcm, params, format) >= 0 { return encoding }
    }
    throw SoundError(.badDevice, operation: "snd_pcm_hw_params_set_format", name: name, detail: "no linear format")
  }

  private static func chooseChannels(
    _ pcm: OpaquePointer, _ params: OpaquePointer, _ name: String, _ wanted: Int?
  ) throws(SoundError) -> Int {
    for count in wanted.map({ [$0] }) ?? [1, 2] {
      if snd_pcm_hw_params_set_channels(pcm, params, UInt32(count)) >= 0 { return count }
    }
    var fewest: UInt32 = 0
    if wanted == nil, snd_pcm_hw_params_set_channels_first(pcm, params, &fewest) >= 0, fewest > 0,
      Int(fewest) <= SoundFormat.channelLimit
    {
      return Int(fewest)
    }
    throw SoundError(.badDevice, operation: "snd_pcm_hw_params_set_channels", name: name, detail: "channels")
  }

  private static func wakeEvery(_ frames: UInt, _ pcm: OpaquePointer) -> Int32 {
    var allocated: OpaquePointer?
    guard snd_pcm_sw_params_malloc(&allocated) >= 0, let params = allocated else { return -12 }
    defer { snd_pcm_sw_params_free(params) }
    let current = snd_pcm_sw_params_current(pcm, params)
    if current < 0 { return current }
    _ = snd_pcm_sw_params_set_avail_min(pcm, params, frames)
    return snd_pcm_sw_params(pcm, params)
  }
}
