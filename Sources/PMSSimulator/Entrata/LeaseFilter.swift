/// Which leases getLeases is asked for; a filter that is nil lets all pass.
struct LeaseFilter {
    var statusTypeIDs: Set<Int>?
    var leaseIDs: Set<Int>?
    var customerIDs: Set<Int>?

    var isEmpty: Bool { statusTypeIDs == nil && leaseIDs == nil && customerIDs == nil }
}
