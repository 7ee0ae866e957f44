/// What the platform works out from other columns of a row whenever it is read; what is stored in such a column is not looked at.
package enum DerivedValue: Equatable, Sendable {
  /// The row that a lookup of several tables leads to, where it is one of this table.
  case referred(by: String, to: String)
  /// The business unit of the user or team that a lookup leads to.
  case unit(ofOwner: String)
  /// First and last name, where one of them is there.
  case fullName
  /// The day of a moment: what was written while the column took moments.
  case day
}

extension Table {
  /// nil for a column that holds what is written to it.
  package func derivation(of column: String) -> DerivedValue? {
    switch column {
    case "owninguser": leadsToPeople("ownerid") ? .referred(by: "ownerid", to: "systemuser") : nil
    case "owningteam": leadsToPeople("ownerid") ? .referred(by: "ownerid", to: "team") : nil
    case "owningbusinessunit": leadsToPeople("ownerid") ? .unit(ofOwner: "ownerid") : nil
    case "accountid" where name == "contact":
      .referred(by: "parentcustomerid", to: "account")
    case "fullname" where ["contact", "lead", "systemuser"].contains(name): .fullName
    case "birthdate" where name == "contact" && self.column(column)?.type == .dateTime(.dateOnly):
      .day
    default: nil
    }
  }

  /// To users and teams, so that each row says to which of both.
  private func leadsToPeople(_ lookup: String) -> Bool {
    guard case .lookup(let targets)? = column(lookup)?.type else { return false }
    return Set(targets).isSuperset(of: ["systemuser", "team"])
  }
}
