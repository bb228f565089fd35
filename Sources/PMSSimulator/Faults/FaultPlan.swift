/// Which fault strikes which requests.
package struct FaultPlan: Sendable, Equatable {
    package let fault: Fault
    /// The services it strikes; nil for the one that carries residents.
    package var services: Set<String>?
    /// The PMS ids of the properties it strikes; nil for all.
    ///
    /// A request for several properties is struck where one of them is.
    package var properties: Set<Int>?
    /// How many requests it still strikes; nil for all.
    package var requests: Int?

    package init(
        _ fault: Fault,
        services: Set<String>? = nil,
        properties: Set<Int>? = nil,
        requests: Int? = nil
    ) {
        self.fault = fault
        self.services = services
        self.properties = properties
        self.requests = requests
    }

    /// The fault that strikes a request, counted as struck; nil where none does.
    ///
    /// `usual` is the service that carries residents.
    mutating func strike(
        service: String,
        properties asked: [Int],
        usually usual: String
    ) -> Fault? {
        guard services?.contains(service) ?? (service == usual), requests != 0 else { return nil }
        if let properties, properties.isDisjoint(with: asked) { return nil }
        if let left = requests { requests = left - 1 }
        return fault
    }
}
