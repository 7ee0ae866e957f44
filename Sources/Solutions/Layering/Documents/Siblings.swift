/// Children of an element by identity while some come and go.
struct Siblings {
  private var places: [Identity.Key: Int]
  private var gone: Set<Int> = []
  private var isGrown = false
  private var isReordered = false
  private var last: Int32
  private var arrivals: Int32

  init(of element: Element) {
    let keys = Identity.keys(of: element.children)
    places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    last = element.children.reduce(-1) { max($0, $1.place?.number ?? -1) }
    arrivals = element.children.reduce(0) { max($0, $1.arrival &+ 1) }
  }

  subscript(key: Identity.Key) -> Int? { places[key] }

  /// At its place or, where it states none, after those that are there.
  mutating func append(_ child: Element, _ key: Identity.Key, to element: inout Element) {
    var child = child
    if child.isOrdered {
      var place = child.place ?? Element.Place()
      place.number = place.number ?? last + 1
      last = max(last, place.number ?? last)
      child.place = place
    }
    child.arrival = arrivals
    arrivals += 1
    places[key] = element.children.count
    element.children.append(child)
    isGrown = true
  }

  /// As it says itself, in a difference: where it comes to stand is decided over a base.
  mutating func append(
    asStated child: Element,
    _ key: Identity.Key,
    to element: inout Element
  ) {
    places[key] = element.children.count
    element.children.append(child)
    element.children[element.children.count - 1].arrival = arrivals
    element.rows?.isReflowed = true
    arrivals += 1
  }

  mutating func remove(_ at: Int, _ key: Identity.Key, from element: inout Element) {
    places[key] = nil
    gone.insert(at)
    element.rows?.beginning[key] = nil
  }

  mutating func move(
    _ at: Int,
    _ key: Identity.Key,
    to place: Element.Place?,
    in element: inout Element
  ) {
    element.children[at].place = place
    element.rows?.beginning[key] = nil
    isReordered = true
  }

  /// A cell has one control (LY-521 ends there): who puts another one into it takes the present one out.
  mutating func leaveRoom(for child: Element, in element: inout Element) {
    guard element.name == "cell", child.name == "control" else { return }
    for (key, at) in places where element.children[at].name == "control" {
      remove(at, key, from: &element)
    }
  }

  func finish(_ element: inout Element, as origin: Origin) {
    guard isGrown || isReordered || !gone.isEmpty else { return }
    if element.rows != nil { element.rows?.isReflowed = true }
    if !gone.isEmpty {
      element.children = element.children.indices.filter { !gone.contains($0) }
        .map { element.children[$0] }
      if element.children.isEmpty { element.textOrigin = origin }
    }
    if isGrown { element.text = "" }
    if isGrown || isReordered { element.arrange() }
  }
}
