internal import Faces

extension Site {
  func link(toComponent address: String, tab: String? = nil, asOf: Int? = nil) -> String {
    "\(base)/component?of=\(address.escapedForAddress)" + (tab.map { "&tab=\($0)" } ?? "")
      + (asOf.map { "&asOf=\($0)" } ?? "")
  }

  func link(toSolution name: String) -> String { "\(base)/solutions/\(name.escapedForAddress)" }
}

/// Times as people read them: `2026-11-29 10:15:02`, in UTC.
func clockTime(_ text: String?) -> String {
  (text ?? "").replacing("T", with: " ").prefix(19).description
}

/// `3.2 s`.
func duration(_ milliseconds: Int) -> String {
  milliseconds < 1000
    ? "\(milliseconds) ms" : "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
}
