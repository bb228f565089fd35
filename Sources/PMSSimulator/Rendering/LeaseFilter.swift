import LintelModel

/// Which rows of a list are asked for; a filter that is nil lets all pass.
struct LeaseFilter {
    var statuses: Set<LeaseStatus>?
    var leaseIDs: Set<Int>?
    var personIDs: Set<Int>?

    var isEmpty: Bool { statuses == nil && leaseIDs == nil && personIDs == nil }
}
