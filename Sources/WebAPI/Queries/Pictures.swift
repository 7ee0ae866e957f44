internal import OData
internal import Solutions

/// What the platform shows beside a picture, as columns that nobody makes and nobody writes.
enum PictureFact: String, CaseIterable, Sendable {
  case id
  /// Where it can be fetched from.
  case url = "_url"
  /// Another one as soon as its row has changed.
  case timestamp = "_timestamp"

  func name(of picture: Column) -> String { "\(picture.name)\(rawValue)" }

  var type: ColumnType {
    switch self {
    case .id: .uniqueIdentifier
    case .url: .text(lengthMax: 200)
    case .timestamp: .bigInteger
    }
  }
}

extension TableModel {
  /// Of each picture in the order of the table.
  var pictureFacts: [(picture: Column, fact: PictureFact)] {
    table.columns.filter { $0.type == .image }.flatMap { picture in
      PictureFact.allCases.map { (picture, $0) }
    }.filter { table.column($1.name(of: $0)) == nil }
  }

  /// By its name in answers; nil for all else.
  func pictureFact(_ name: String) -> (picture: Column, fact: PictureFact)? {
    pictureFacts.first { $1.name(of: $0) == name.lowercased() }
  }
}

extension RowJSON {
  func write(
    _ fact: PictureFact,
    of picture: Column,
    at place: Int,
    _ row: Row,
    _ layout: Layout,
    into json: inout JSONWriter
  ) {
    json.name(fact.name(of: picture))
    guard row.values[place] != .null, let id = row.values[layout.key].text else {
      return json.raw("null")
    }
    switch fact {
    case .id: json.string(picture.fileID(ofRow: id).description)
    case .url:
      json.string("\(path(layout.model.name, row.values[layout.key]))/\(picture.name)/$value")
    case .timestamp:
      let version = layout.version.map { row.values[$0] }
      if case .integer(let number)? = version { json.raw(String(number)) } else { json.raw("null") }
    }
  }
}
