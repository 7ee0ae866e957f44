import Faces
import Solutions

extension PlanHead {
  func text(_ style: TextStyle) -> Prose {
    isSentence ? style.bold("\(title) \(versions)") : "\(style.bold("\(title)"))  \(versions)"
  }
}
