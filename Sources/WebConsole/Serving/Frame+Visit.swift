import LintelModel
import Operations
import Storage

extension Frame {
    /// How many properties the switcher shows before it leads to a list.
    private static let switcherLength = 12
    /// Up to how many alerts their mark says how many there are.
    private static let alertsCounted = 999

    init(_ page: Page, _ visit: Visit) async throws {
        title = page.title
        assets = visit.console.assets.base
        csrf = visit.csrf
        who = visit.member?.email ?? ""
        role = visit.member?.grant.role.title ?? ""
        isSignedIn = visit.member != nil
        sought = visit.query.text("q")
        notice = visit.notice.map {
            NoticeModel(
                kind: $0.kind.rawValue,
                text: $0.text,
                role: $0.kind == .no ? "alert" : "status"
            )
        }
        portfolio = Self.portfolio(page, visit)
        hasPortfolio = !portfolio.isEmpty
        guard let member = visit.member else {
            (property, properties, hasMoreProperties) = (nil, [], false)
            (hasPlaces, hasNavigation, navigation, alerts, find) = (false, false, [], nil, nil)
            return
        }
        let all = try await visit.operations.propertyNames(
            within: member.grant.reach,
            limit: Self.switcherLength + 1
        )
        properties = all.prefix(Self.switcherLength).map {
            Link(
                label: $0.name,
                href: "/properties/\($0.id)",
                isCurrent: $0.id == visit.property?.id
            )
        }
        hasMoreProperties = all.count > Self.switcherLength
        guard let current = visit.property, member.grant.reach.includes(current.id) else {
            (hasNavigation, property, navigation, alerts, find) = (false, nil, [], nil, nil)
            hasPlaces = hasPortfolio
            return
        }
        property = Link(
            label: current.name,
            href: visit.at(),
            detail: current.timeZone.replacing("_", with: " ")
        )
        (hasPlaces, hasNavigation) = (true, true)
        navigation = Self.navigation(page, visit)
        let open = try await visit.operations.openAlertCount(
            of: current,
            upTo: Self.alertsCounted + 1
        )
        alerts = Alerts(
            count: open == 0
                ? "No"
                : open > Self.alertsCounted
                    ? "\(Wording.grouped(Self.alertsCounted))+" : Wording.grouped(open),
            noun: open == 1 ? "alert" : "alerts",
            href: visit.at("alerts"),
            isQuiet: open == 0
        )
        find = visit.at("find")
    }

    private static func navigation(_ page: Page, _ visit: Visit) -> [Link] {
        // A place with others beneath it leads to the first of them.
        let places: [(Page.Section?, String, String, Bool)] = [
            (.overview, "Overview", "", false), (.people, "People", "people", false),
            (.upcoming, "Upcoming", "upcoming", true), (nil, "Access", "units", false),
            (.units, "Units", "units", true), (.alerts, "Alerts", "alerts", false),
            (nil, "Manage Settings", "integrations", false),
            (.integrations, "Integrations", "integrations", true),
            (.activity, "Activity", "activity", false),
        ]
        return places.map { section, label, path, isSub in
            Link(
                label: label,
                href: path.isEmpty ? visit.at() : visit.at(path),
                isCurrent: section == page.section,
                isSub: isSub
            )
        }
    }

    private static func portfolio(_ page: Page, _ visit: Visit) -> [Link] {
        guard visit.member?.grant.allows(.manage, at: nil) ?? false else { return [] }
        let isActivity = page.section == .activity && visit.property == nil
        return [
            Link(label: "Staff", href: "/staff", isCurrent: page.section == .staff),
            Link(label: "API Tokens", href: "/tokens", isCurrent: page.section == .tokens),
            Link(label: "All activity", href: "/activity", isCurrent: isActivity),
            Link(label: "Properties", href: "/properties", isCurrent: page.section == .properties),
        ]
    }
}
