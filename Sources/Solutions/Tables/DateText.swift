/// A date, or a date with a time, as it is written.
struct DateText {
  fileprivate let day: Int
  fileprivate let second: Int
  /// Seconds east of UTC; nil where none is written.
  fileprivate let offset: Int?

  /// `2026-01-31`, or with `T` or a blank `09:30`, `09:30:15`, `09:30:15.250`, and `Z` or `+02:00`; parts of a second
  /// are left out.
  init?(_ text: String) {
    var text = text
    guard let date = text.withUTF8({ DateText($0) }) else { return nil }
    self = date
  }

  private init?(_ text: UnsafeBufferPointer<UInt8>) {
    var reader = Reader(text: text)
    guard let year = reader.digits(4), reader.take(0x2D), let month = reader.digits(2),
      reader.take(0x2D), let date = reader.digits(2),
      let day = Timestamp.day(year: year, month: month, day: date)
    else { return nil }
    self.day = day
    guard !reader.isAtEnd else {
      (second, offset) = (0, nil)
      return
    }
    guard reader.take(0x54) || reader.take(0x20), let hour = reader.digits(2), reader.take(0x3A),
      let minute = reader.digits(2), hour < 24, minute < 60
    else { return nil }
    var second = 0
    if reader.take(0x3A) {
      guard let seconds = reader.digits(2), seconds < 60 else { return nil }
      second = seconds
      if reader.take(0x2E) { reader.skipDigits() }
    }
    self.second = hour * 3600 + minute * 60 + second
    if reader.isAtEnd {
      offset = nil
    } else if reader.take(0x5A) {
      offset = 0
    } else {
      guard let seconds = reader.offset() else { return nil }
      offset = seconds
    }
    guard reader.isAtEnd else { return nil }
  }

  /// What is left of a text.
  private struct Reader {
    let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { place == text.count }

    mutating func digits(_ count: Int) -> Int? {
      guard text.count - place >= count else { return nil }
      var number = 0
      for byte in text[place..<place + count] {
        guard (0x30...0x39).contains(byte) else { return nil }
        number = number * 10 + Int(byte - 0x30)
      }
      place += count
      return number
    }

    mutating func skipDigits() {
      while place < text.count, (0x30...0x39).contains(text[place]) { place += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      guard place < text.count, text[place] == byte else { return false }
      place += 1
      return true
    }

    /// `+02:00`, `-0330` or `+05`, in seconds; no place is more than 14 hours from UTC.
    mutating func offset() -> Int? {
      let isWest = take(0x2D)
      guard isWest || take(0x2B), let hours = digits(2) else { return nil }
      _ = take(0x3A)
      guard let minutes = isAtEnd ? 0 : digits(2), minutes < 60, hours * 60 + minutes <= 840
      else { return nil }
      return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
  }

  /// As the column keeps it: a moment in UTC, a day, or what the clock showed; nil beyond the years 1 to 9999.
  func spelled(_ behavior: ColumnType.DateBehavior) -> String? {
    switch behavior {
    case .dateOnly: return Timestamp(milliseconds: day * 86_400_000).text(.day)
    case .userLocal: return moment(second - (offset ?? 0)).map { $0 + "Z" }
    case .timeZoneIndependent: return moment(second)
    }
  }

  private func moment(_ second: Int) -> String? {
    let second = day * 86_400 + second
    // From 0001-01-01T00:00:00 to 9999-12-31T23:59:59.
    guard (-62_135_596_800..<253_402_300_800).contains(second) else { return nil }
    return Timestamp(milliseconds: second * 1000).text(.second)
  }
}

extension DateText {
  /// A moment in UTC; nil for a day alone, and beyond the years 1 to 9999.
  fileprivate var moment: Timestamp? {
    guard let offset, let text = spelled(.userLocal), !text.isEmpty else { return nil }
    return Timestamp(milliseconds: (day * 86_400 + second - offset) * 1000)
  }
}

extension Timestamp {
  /// `2026-11-24T02:45:07Z`, with or without parts of a second, which are left out.
  package init?(_ text: String) {
    guard let moment = DateText(text)?.moment else { return nil }
    self = moment
  }

  /// Days since 1970; nil where the calendar has no such day.
  static func day(year: Int, month: Int, day: Int) -> Int? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    // Years counted from March, so that the leap day is the last.
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = (shifted / 400, shifted % 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// `2026-11-24T02:45:07Z`, as columns keep moments.
  package var rowText: String { text(.second) + "Z" }
}
