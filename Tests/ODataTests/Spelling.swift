import OData

/// Trees as text, so that a table of cases can say them.
extension Expression {
  var spelled: String {
    switch self {
    case .literal(let literal): literal.spelled
    case .alias(let name): "@\(name)"
    case .path(let path): path.text
    case .all(let terms): "(and \(terms.map(\.spelled).joined(separator: " ")))"
    case .any(let terms): "(or \(terms.map(\.spelled).joined(separator: " ")))"
    case .not(let term): "(not \(term.spelled))"
    case .compare(let left, let sign, let right):
      "(\(sign.rawValue) \(left.spelled) \(right.spelled))"
    case .among(let term, let values):
      "(in \(term.spelled) \(values.map(\.spelled).joined(separator: " ")))"
    case .calculate(let left, let sign, let right):
      "(\(sign.rawValue) \(left.spelled) \(right.spelled))"
    case .negative(let term): "(- \(term.spelled))"
    case .call(let call):
      "\(call.name)(\(call.arguments.map { ($0.name.map { "\($0)=" } ?? "") + $0.value.spelled }.joined(separator: ", ")))"
    case .lambda(let path, let quantifier, let variable, let condition):
      "(\(quantifier.rawValue) \(path.text) \(variable) \(condition?.spelled ?? ""))"
    case .list(let values): "[\(values.map(\.spelled).joined(separator: ", "))]"
    }
  }
}

extension Literal {
  var spelled: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .text(let text): "“\(text)”"
    case .number(let text): text
    case .guid(let text): "guid:\(text)"
    case .date(let text): "date:\(text)"
    case .dateTime(let text): "moment:\(text)"
    case .time(let text): "time:\(text)"
    case .duration(let text): "duration:\(text)"
    case .binary(let text): "binary:\(text)"
    case .enumeration(let type, let member): "\(type):\(member)"
    }
  }
}

extension QueryOptions {
  var spelled: String {
    var parts: [String] = []
    if let select { parts.append("select \(select.map(\.text).joined(separator: ", "))") }
    if let filter { parts.append("filter \(filter.spelled)") }
    if !orderBy.isEmpty {
      let orders = orderBy.map { $0.by.spelled + ($0.isDescending ? " desc" : "") }
      parts.append("order \(orders.joined(separator: ", "))")
    }
    if let top { parts.append("top \(top)") }
    if let skip { parts.append("skip \(skip)") }
    if isCounting { parts.append("count") }
    if let skipToken { parts.append("token \(skipToken)") }
    for expansion in expand {
      let kind =
        switch expansion.kind {
        case .rows: ""
        case .references: "/$ref"
        case .count: "/$count"
        }
      let inner = expansion.options.spelled
      parts.append("expand \(expansion.path.text)\(kind)\(inner.isEmpty ? "" : " {\(inner)}")")
    }
    for step in apply { parts.append(step.spelled) }
    for (name, value) in aliases.sorted(by: { $0.key < $1.key }) {
      parts.append("@\(name)=\(value)")
    }
    for (name, value) in others { parts.append("\(name): \(value)") }
    return parts.joined(separator: "; ")
  }
}

extension Transformation {
  var spelled: String {
    switch self {
    case .filter(let condition): return "apply filter \(condition.spelled)"
    case .group(let paths, let aggregates):
      let made = aggregates.map { "\($0.method) \($0.path?.text ?? "$count") as \($0.alias)" }
      return
        "apply group (\(paths.map(\.text).joined(separator: ", "))) \(made.joined(separator: ", "))"
    }
  }
}

extension ResourcePath {
  var spelled: String {
    segments.map { segment in
      switch segment.arguments {
      case .none: segment.name
      case .single(let value): "\(segment.name)(\(value.spelled))"
      case .named(let named):
        "\(segment.name)(\(named.map { "\($0.name)=\($0.value.spelled)" }.joined(separator: ", ")))"
      }
    }.joined(separator: " / ")
  }
}
