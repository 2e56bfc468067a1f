import CALSA

/// An ALSA capture device, opened and set up the way speech needs it.
///
/// The device's own rate is kept (ALSA does not resample unless nothing else works), because our filter is known and
/// the plugin's is whatever the machine has. Half a second of buffer means that a stall of ours is no overrun.
struct Microphone: Sendable {
  // SAFETY: an ALSA handle may be used from one thread at a time; the one that opened it gives it to the ear.
  /// The ALSA handle.
  nonisolated(unsafe) let pcm: OpaquePointer
  /// The device in use, by the name it was tried under.
  let name: String
  /// What ALSA was asked to open for it: the name, or the name inside the converting `plug`.
  let pcmName: String
  /// What it delivers.
  let format: SoundFormat
  /// Frames in a period.
  let periodFrames: Int

  /// Gives the device back.
  func close() { snd_pcm_close(pcm) }

  /// Opens the first device that stands for `requested`, as `wanted` if that is given.
  static func open(
    _ requested: String, periodMilliseconds: Int, as wanted: SoundFormat? = nil
  ) throws(SoundError) -> Microphone {
    let wish = HardwareSetup.Wish(periodMilliseconds: periodMilliseconds, exactly: wanted)
    return try DeviceDoor.open(requested, SND_PCM_STREAM_CAPTURE) { (pcm, name, pcmName) throws(SoundError) in
      let granted = try HardwareSetup.negotiate(pcm, name, wish)
      return Microphone(
        pcm: pcm, name: name, pcmName: pcmName, format: granted.format, periodFrames: granted.periodFrames)
    }
  }
}
