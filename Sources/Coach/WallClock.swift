import Glibc

/// The time of day in milliseconds since 1970.
func wallMilliseconds() -> Int {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  return now.tv_sec &* 1_000 &+ now.tv_nsec / 1_000_000
}

/// Where the speaker is, in seconds east of Greenwich.
func localOffset() -> Int {
  var now = time(nil)
  var local = tm()
  localtime_r(&now, &local)
  return local.tm_gmtoff
}
