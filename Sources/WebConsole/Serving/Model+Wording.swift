import LintelModel

extension Person {
    /// First and last name; a company has the latter alone.
    var name: String {
        [firstName, lastName].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

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
