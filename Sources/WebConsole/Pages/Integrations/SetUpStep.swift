import LintelModel
import Operations

/// A step of the integration's set-up, in order.
enum SetUpStep: String, CaseIterable {
    case pms
    case credentials
    case propertyIDs = "property-ids"
    case statuses = "lease-statuses"
    case userSync = "user-sync"
    case done

    /// As `ol.steps` shows it.
    struct Shown: Sendable {
        let label: String
        let isCurrent: Bool
        let isDone: Bool
        let stepHref: String?
    }

    var label: String {
        switch self {
        case .pms: "Choose the PMS"
        case .credentials: "Enter Credentials"
        case .propertyIDs: "Attach Property IDs"
        case .statuses: "Exclude Lease Statuses"
        case .userSync: "User Sync Integration"
        case .done: "Done"
        }
    }

    func href(_ visit: Visit) -> String { visit.at("integrations", "set-up", rawValue) }

    /// The page of the step.
    func page(_ model: any Sendable, isRefusal: Bool = false) -> Page {
        Page(
            template: "set-up-\(rawValue)",
            title: label,
            section: .integrations,
            model: model,
            isRefusal: isRefusal
        )
    }

    /// Whether nothing is left to do in it.
    func isDone(_ setUp: Operations.SetUp, _ property: Property) -> Bool {
        switch self {
        case .pms, .credentials: setUp.connection != nil
        case .propertyIDs: !setUp.attached.isEmpty
        case .statuses: setUp.sawStatuses || property.settings.userSync
        case .userSync, .done: property.settings.userSync
        }
    }

    /// The first step that is not done; the last one where all are.
    static func next(_ setUp: Operations.SetUp, _ property: Property) -> SetUpStep {
        allCases.first { !$0.isDone(setUp, property) } ?? .done
    }

    /// Every step as the page of one of them shows it: those that can be gone to are links.
    static func shown(
        at current: SetUpStep,
        _ setUp: Operations.SetUp,
        _ visit: Visit
    ) throws -> [Shown] {
        let property = try visit.theProperty()
        let next = next(setUp, property)
        let reachable = allCases.prefix { $0 != next } + [next]
        return allCases.map { step in
            // Whoever has come to the end has said whether User Sync is to be on.
            let isAnswered = step == .userSync && current == .done
            return Shown(
                label: step.label,
                isCurrent: step == current,
                isDone: step != current && (isAnswered || step.isDone(setUp, property)),
                stepHref: step != current && reachable.contains(step) ? step.href(visit) : nil
            )
        }
    }
}
