/// States of the platform's own tables, with the statuses of each (https://learn.microsoft.com, “Default status and status
/// reason values”).
struct StandardStates {
  let state: Column
  let status: Column

  /// - Parameter line: states with a colon, each followed by its statuses, the usual one first.
  private init(_ line: Substring) {
    var (states, statuses): ([Option], [Option]) = ([], [])
    for group in line.split(separator: ";") {
      let parts = group.split(separator: ":", maxSplits: 1)
      var state = Option(parts[0])
      let own = (parts.count > 1 ? parts[1] : "").split(separator: ",").map { Option($0) }
      state.link = own.first?.value
      states.append(state)
      statuses += own.map { Option(value: $0.value, title: $0.title, link: state.value) }
    }
    self.state = Self.column("statecode", states)
    status = Self.column("statuscode", statuses)
  }

  private struct Option {
    let value: Int
    let title: String
    var link: Int?

    init(value: Int, title: String, link: Int?) {
      (self.value, self.title, self.link) = (value, title, link)
    }

    /// `5 Completed`.
    init(_ words: Substring) {
      let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2, let value = Int(parts[0]) else {
        preconditionFailure("no state is written so: \(words)")
      }
      (self.value, title) = (value, parts[1])
    }
  }

  private static func column(_ name: String, _ options: [Option]) -> Column {
    Column(
      name,
      .choice(options.map(\.value)),
      labels: Dictionary(options.map { ($0.title.lowercased(), $0.value) }) { first, _ in first },
      titles: Dictionary(options.map { ($0.value, $0.title) }) { first, _ in first },
      links: options.reduce(into: [:]) { $0[$1.value] = $1.link }
    )
  }

  /// By table.
  static let all: [String: StandardStates] = {
    var all: [String: StandardStates] = [:]
    for line in words.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      all[String(parts[0])] = StandardStates(parts[1])
    }
    return all
  }()

  private static let words = """
    account 0 Active: 1 Active; 1 Inactive: 2 Inactive
    contact 0 Active: 1 Active; 1 Inactive: 2 Inactive
    activitypointer 0 Open: 1 Open; 1 Completed: 2 Completed; 2 Canceled: 3 Canceled; 3 Scheduled: 4 Scheduled
    appointment 0 Open: 1 Free, 2 Tentative; 1 Completed: 3 Completed; 2 Canceled: 4 Canceled; 3 Scheduled: 5 Busy, 6 Out of Office
    email 0 Open: 1 Draft, 8 Failed; 1 Completed: 2 Completed, 3 Sent, 4 Received, 6 Pending Send, 7 Sending; 2 Canceled: 5 Canceled
    fax 0 Open: 1 Open; 1 Completed: 2 Completed, 3 Sent, 4 Received; 2 Canceled: 5 Canceled
    letter 0 Open: 1 Open, 2 Draft; 1 Completed: 3 Received, 4 Sent; 2 Canceled: 5 Canceled
    phonecall 0 Open: 1 Open; 1 Completed: 2 Made, 4 Received; 2 Canceled: 3 Canceled
    task 0 Open: 2 Not Started, 3 In Progress, 4 Waiting on someone else, 7 Deferred; 1 Completed: 5 Completed; 2 Canceled: 6 Canceled
    incident 0 Active: 1 In Progress, 2 On Hold, 3 Waiting for Details, 4 Researching; 1 Resolved: 5 Problem Solved, 1000 Information Provided; 2 Canceled: 6 Canceled, 2000 Merged
    lead 0 Open: 1 New, 2 Contacted; 1 Qualified: 3 Qualified; 2 Disqualified: 4 Lost, 5 Cannot Contact, 6 No Longer Interested, 7 Canceled
    opportunity 0 Open: 1 In Progress, 2 On Hold; 1 Won: 3 Won; 2 Lost: 4 Canceled, 5 Out-Sold
    """
}
