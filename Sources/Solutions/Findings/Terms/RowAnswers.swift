/// What only rows can tell about a changed definition; an environment counts and answers.
package enum RowQuestion: Hashable, Sendable {
  /// Texts of a column that are longer, in UTF-16 units.
  case longer(than: Int, in: ComponentID)
  /// Numbers of a column outside of limits; nil where that side is open.
  case outside(min: Double?, max: Double?, in: ComponentID)
  /// Rows that hold an option: in the column, or in all that use the choice.
  case holding(option: Int, of: ComponentID)
  /// Rows whose lookup leads to a table.
  case leading(to: String, from: ComponentID)
  /// Values of a column with a time of day.
  case moments(in: ComponentID)
  /// Those of them whose time of day is not midnight.
  case notMidnight(in: ComponentID)
  /// Rows or values of a component in an entry of the trash.
  case lying(in: Incarnation.ID, of: ComponentID)
  /// Rows without a value in a column that comes out of the trash.
  case lacking(in: Incarnation.ID, of: ComponentID)
  /// Lookups that come out of the trash and lead to no row.
  case nowhere(Returning, of: ComponentID)
  /// Pairs that come out of the trash and lack a row.
  case unpaired(Pairs, of: ComponentID)

  /// Values of a lookup, and where its rows are when all is done.
  package struct Returning: Hashable, Sendable {
    package let incarnation: Incarnation.ID
    /// Tables that come back with it; nil is the one that is there.
    package let targets: [String: Incarnation.ID?]
  }

  /// Pairs of rows, and where these are when all is done.
  package struct Pairs: Hashable, Sendable {
    package let incarnation: Incarnation.ID
    package let ends: [End]

    package struct End: Hashable, Sendable {
      package let column: String
      package let target: String
      /// What the table comes back with; nil where it is there.
      package let entry: Incarnation.ID?
    }
  }
}

/// A finding of which rows decide whether it concerns anyone.
protocol AnsweredByRows: FindingContent {
  var answers: RowAnswers { get set }
}

extension AnsweredByRows {
  package var severity: Finding.Severity {
    answers.concernsNobody ? .info : Self.kind.severity
  }

  package func answered(_ counts: [RowQuestion: Int]) -> Self {
    let known = questions.compactMap { question in counts[question].map { (question, $0) } }
    guard known.count == questions.count else { return self }
    var content = self
    content.answers = RowAnswers(counts: known.map { RowAnswers.Count(question: $0, rows: $1) })
    return content
  }
}

/// What rows have said; empty where nobody asked them.
struct RowAnswers: Equatable, Sendable {
  struct Count: Equatable, Sendable {
    let question: RowQuestion
    let rows: Int
  }

  var counts: [Count] = []

  var concernsNobody: Bool { !counts.isEmpty && counts.allSatisfy { $0.rows == 0 } }

  var lines: [Phrase] {
    counts.map { answer in
      let count = answer.rows
      func rows(_ one: String, _ more: String) -> String {
        count == 0 ? "no row \(one)" : count == 1 ? "1 row \(one)" : "\(count) rows \(more)"
      }
      switch answer.question {
      case .longer:
        return
          "\(count == 0 ? "no value is" : count == 1 ? "1 value is" : "\(count) values are") longer now"
      case .outside:
        return
          "\(count == 0 ? "no value lies" : count == 1 ? "1 value lies" : "\(count) values lie") outside now"
      case .holding(let option, _): return "\(rows("holds", "hold")) option \(option)"
      case .leading(let table, _): return "\(rows("leads", "lead")) to \(table)"
      case .moments:
        return
          "\(count == 0 ? "no value holds" : count == 1 ? "1 value holds" : "\(count) values hold") a time of day"
      case .notMidnight:
        return
          "\(count == 0 ? "none" : "\(count)") of them \(count < 2 ? "is" : "are") not midnight"
      case .lying(let entry, let id):
        return "\(several(count, id.tableAndColumn == nil ? "row" : "value")) in entry \(entry)"
      case .lacking: return "\(rows("has", "have")) none"
      case .nowhere: return "\(several(count, "value")) to no row"
      case .unpaired: return "\(several(count, "pair")) without one of its rows"
      }
    }
  }
}
