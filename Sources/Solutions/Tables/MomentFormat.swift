extension Timestamp {
  /// As a custom format of .NET spells it, in UTC and English: `yyyyMMdd`, `dd.MM.yy HH:mm`, `'at' h tt`.
  package func text(_ format: String) -> String {
    let parts = Parts(self)
    var text = ""
    var rest = format[...]
    while let letter = rest.first {
      if letter == "'" || letter == "\"" {
        rest = rest.dropFirst()
        text += rest.prefix { $0 != letter }
        rest = rest.drop { $0 != letter }.dropFirst()
      } else if letter == "\\" {
        text += rest.dropFirst().prefix(1)
        rest = rest.dropFirst(2)
      } else {
        let run = rest.prefix { $0 == letter }
        text += parts.spelled(letter, run.count) ?? String(run)
        rest = rest.dropFirst(run.count)
      }
    }
    return text
  }

  private struct Parts {
    let digits: [Int]
    let weekday: Int

    init(_ moment: Timestamp) {
      // `2026-11-24T02:45:07.123Z`
      digits = moment.description.split { !$0.isWholeNumber }.map { Int($0) ?? 0 }
      let days = moment.milliseconds / 86_400_000 - (moment.milliseconds % 86_400_000 < 0 ? 1 : 0)
      // The first of January 1970 was a Thursday.
      weekday = ((days + 4) % 7 + 7) % 7
    }

    /// nil for what stands for itself.
    func spelled(_ letter: Character, _ count: Int) -> String? {
      func number(_ value: Int, most: Int = 2) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, min(count, most) - text.utf8.count)) + text
      }
      let hour = digits[3]
      switch letter {
      case "y": return count > 2 ? number(digits[0], most: 9) : number(digits[0] % 100)
      case "M":
        let name = Self.months[digits[1] - 1]
        return count < 3 ? number(digits[1]) : count == 3 ? String(name.prefix(3)) : name
      case "d":
        let name = Self.weekdays[weekday]
        return count < 3 ? number(digits[2]) : count == 3 ? String(name.prefix(3)) : name
      case "H": return number(hour)
      case "h": return number(hour % 12 == 0 ? 12 : hour % 12)
      case "m": return number(digits[4])
      case "s": return number(digits[5])
      case "f":
        return String((String(digits[6] + 1000).dropFirst() + "0000").prefix(count))
      case "t": return String((hour < 12 ? "AM" : "PM").prefix(count))
      default: return nil
      }
    }

    private static let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]

    private static let weekdays = [
      "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
  }
}
