import LintelModel

extension Assignment.State {
    var title: String {
        switch self {
        case .current: "Current"
        case .upcoming: "Upcoming"
        case .ended: "Past"
        }
    }

    /// The soft colour of the state.
    var kind: String {
        switch self {
        case .current: "ok"
        case .upcoming: "sug"
        case .ended: "plain"
        }
    }
}
