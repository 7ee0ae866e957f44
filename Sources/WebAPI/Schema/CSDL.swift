internal import Solutions

/// `$metadata`: tables as types, with what leads from one to another, and what else can be asked for.
struct CSDL {
  private let catalog: Catalog

  init(_ catalog: Catalog) { self.catalog = catalog }

  func answer() async throws -> WebResponse {
    var models: [TableModel] = []
    for head in try await catalog.heads() { models.append(try await catalog.model(of: head.name)) }
    let known = Set(models.map(\.name))
    let all = Dictionary(models.map { ($0.name, navigations($0, known)) }) { first, _ in first }
    var text = """
      <?xml version="1.0" encoding="utf-8"?>
      <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>\
      <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">\
      <EntityType Name="crmbaseentity" Abstract="true"/>\
      <EntityType Name="principal" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="ownerid"/></Key>\
      <Property Name="ownerid" Type="Edm.Guid"/></EntityType>
      """
    for model in models { text += type(model, all) }
    text += Self.operations
    text += "<EntityContainer Name=\"System\">"
    let sets = Dictionary(models.map { ($0.name, $0.head.setName) }) { first, _ in first }
    for model in models {
      text +=
        "<EntitySet Name=\"\(model.head.setName.attribute)\" EntityType=\"mscrm.\(model.name.attribute)\">"
      for navigation in all[model.name] ?? [] {
        let set = sets[navigation.target] ?? navigation.target
        text +=
          "<NavigationPropertyBinding Path=\"\(navigation.name.attribute)\" Target=\"\(set.attribute)\"/>"
      }
      text += "</EntitySet>"
    }
    text += Self.imports
    text += "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"
    return WebResponse(200, [("Content-Type", "application/xml")], body: Array(text.utf8))
  }

  private func type(_ model: TableModel, _ all: [String: [Navigation]]) -> String {
    var text = "<EntityType Name=\"\(model.name.attribute)\" BaseType=\"mscrm.crmbaseentity\">"
    text += "<Key><PropertyRef Name=\"\(model.table.primaryKey.attribute)\"/></Key>"
    for column in model.table.columns {
      text += "<Property Name=\"\(column.wire.attribute)\" Type=\"\(column.edm)\"/>"
      guard column.type == .file else { continue }
      text += "<Property Name=\"\(column.name.attribute)_name\" Type=\"Edm.String\"/>"
    }
    for (picture, fact) in model.pictureFacts {
      let column = Column(fact.name(of: picture), fact.type)
      text += "<Property Name=\"\(column.name.attribute)\" Type=\"\(column.edm)\"/>"
    }
    for name in ToldTables.managedProperties(of: model.name) {
      text += "<Property Name=\"\(name)\" Type=\"mscrm.BooleanManagedProperty\"/>"
    }
    for navigation in all[model.name] ?? [] {
      let (name, target) = (navigation.name.attribute, navigation.target.attribute)
      // What leads back, where it has a name there.
      let isPaired =
        all[navigation.target]?.contains {
          $0.name == navigation.partner && $0.target == model.name
        } ?? false
      let partner = isPaired ? " Partner=\"\(navigation.partner.attribute)\"" : ""
      guard let constraint = navigation.constraint else {
        text +=
          "<NavigationProperty Name=\"\(name)\" Type=\"Collection(mscrm.\(target))\"\(partner)/>"
        continue
      }
      text += """
        <NavigationProperty Name="\(name)" Type="mscrm.\(target)"\(partner)>\
        <ReferentialConstraint Property="\(constraint.column.attribute)" ReferencedProperty="\(constraint.key.attribute)"/>\
        </NavigationProperty>
        """
    }
    if model.table.column("ownerid")?.isLookup == true, model.name != "owner" {
      text += """
        <NavigationProperty Name="ownerid" Type="mscrm.principal">\
        <ReferentialConstraint Property="_ownerid_value" ReferencedProperty="ownerid"/></NavigationProperty>
        """
    }
    return text + "</EntityType>"
  }

  private struct Navigation {
    let name: String
    /// The table that it leads to, and what leads back from there.
    let target, partner: String
    /// Of a lookup; nil for a collection.
    let constraint: (column: String, key: String)?
  }

  /// Each name once: lookups before collections.
  private func navigations(_ model: TableModel, _ known: Set<String>) -> [Navigation] {
    var names: Set<String> = []
    var all: [Navigation] = []
    func add(
      _ name: String,
      _ target: String,
      _ partner: String,
      _ constraint: (column: String, key: String)? = nil
    ) {
      guard known.contains(target), names.insert(name).inserted else { return }
      all.append(Navigation(name: name, target: target, partner: partner, constraint: constraint))
    }
    for link in model.links where link.table == model.name {
      // The user or team that an owner is has a column of its own.
      let column =
        model.table.column(link.navigation)?.isLookup == true ? link.navigation : link.column
      add(
        link.navigation,
        link.target,
        link.collection,
        ("_\(column)_value", "\(link.target)id")
      )
    }
    for link in model.links where link.target == model.name {
      add(link.collection, link.table, link.navigation)
    }
    for pair in model.pairs {
      for (own, other) in [(0, 1), (1, 0)] where pair.ends[own].table == model.name {
        add(pair.ends[own].navigation, pair.ends[other].table, pair.ends[other].navigation)
      }
    }
    return all
  }
}

extension Column {
  /// The type of OData.
  var edm: String {
    switch type {
    case .primaryKey, .uniqueIdentifier, .lookup, .file: "Edm.Guid"
    case .integer, .choice: "Edm.Int32"
    case .bigInteger: "Edm.Int64"
    case .decimal: "Edm.Decimal"
    case .float: "Edm.Double"
    case .boolean: "Edm.Boolean"
    case .dateTime(.dateOnly): "Edm.Date"
    case .dateTime: "Edm.DateTimeOffset"
    case .image: "Edm.Binary"
    case .text, .choices, .other: "Edm.String"
    }
  }
}

extension String {
  /// As the value of an attribute in XML.
  var attribute: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case _ where scalar.value < 0x20: text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
