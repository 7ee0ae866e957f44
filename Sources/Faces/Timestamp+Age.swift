package import Solutions

extension Timestamp {
  /// How long ago it was: `3 days old`; what lies ahead is told, for then a clock is wrong.
  package func age(at now: Timestamp) -> Prose {
    let minutes = (now.milliseconds - milliseconds) / 60_000
    if minutes < 0 { return "from the future: a clock is wrong" }
    let (count, unit): (Int, Prose) =
      minutes < 120
      ? (minutes, "minute") : minutes < 2880 ? (minutes / 60, "hour") : (minutes / 1440, "day")
    return "\(count.counted(unit)) old"
  }
}
