package import ConnectorKit
package import LintelModel

/// Reads AppFolio's Stack or Reports interface: properties, units and tenants, a page at a time.
package struct AppFolioConnector: Connector {
    /// AppFolio in the catalogue.
    package static let vendor = VendorDescription(
        id: "appfolio",
        name: "AppFolio",
        summary: "AppFolio Stack, version 0, or Reports, version 2",
        fields: AppFolioSettings.fields,
        // AppFolio publishes no number to those who are no partners; clients that work keep to these.
        limits: VendorLimits(
            rates: [
                VendorLimits.Rate(
                    200,
                    inMilliseconds: 60_000,
                    of: [AppFolioInterface.stack.rawValue]
                ),
                .atOnce(10, of: [AppFolioInterface.stack.rawValue]),
                VendorLimits.Rate(
                    7,
                    inMilliseconds: 15_000,
                    of: [AppFolioInterface.reports.rawValue]
                ),
            ]
        )
    ) { settings, environment throws(ConnectorError) in
        AppFolioConnector(settings: try AppFolioSettings(settings), environment: environment)
    }

    /// Records asked for with each page; the server may give fewer.
    static let pageSize = 1000
    /// How many residents are asked for by id in one call.
    static let residentsAskedAtMost = 50

    private let settings: AppFolioSettings
    private let client: ReadClient

    init(settings: AppFolioSettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(environment: environment, limits: Self.vendor.limits)
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        var reader = list(.properties)
        var known: Set<PMSPropertyID> = []
        var properties: [PMSProperty] = []
        while let page = try await reader.page() {
            // A rent roll names its property in every row.
            properties += try AppFolioWire.properties(in: page.body, of: interface)
                .filter { known.insert($0.id).inserted }
        }
        return properties
    }

    /// Tries each list; units and tenants with a filter that none passes.
    package func check() async throws(ConnectorError) -> [OperationCheck] {
        var checks = [
            try await OperationCheck.listing(operation(.properties)) {
                () throws(ConnectorError) in
                try await properties()
            }.check
        ]
        // Properties and units are one report.
        for list in interface == .stack ? [AppFolioList.units, .tenants] : [.tenants] {
            checks.append(
                try await .trying(operation(list)) { () throws(ConnectorError) in
                    let nothing = (name: Self.everything.name, value: "2999-01-01T00:00:00Z")
                    var reader =
                        interface == .stack
                        ? self.list(list, filters: [nothing])
                        : self.list(list, of: PMSPropertyID("0"))
                    _ = try await reader.page()
                    return "tried with a filter that nothing passes"
                }
            )
        }
        return checks
    }

    package func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        for list in [AppFolioList.units, .tenants] {
            var reader = self.list(list, of: property)
            while let page = try await reader.page() {
                try await receive(
                    SnapshotPage(
                        kind: list == .tenants ? .residents : .units,
                        bytes: page.body,
                        hash: page.evidence.fingerprint
                    )
                )
            }
        }
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        AppFolioDecoder(property: property, interface: interface)
    }

    /// Asks for up to ``residentsAskedAtMost`` residents by their ids in one call; the rest are listed as
    /// unreadable.
    ///
    /// Nil for the Reports interface, which knows no such filter.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        guard interface == .stack else { return nil }
        let asked = residents.prefix(Self.residentsAskedAtMost)
        guard !asked.isEmpty else { return SnapshotPart() }
        var decoder = AppFolioDecoder(property: property, interface: interface)
        for list in [AppFolioList.units, .tenants] {
            let own = ("filters[Id]", asked.map(\.text).joined(separator: ","))
            var reader = self.list(
                list,
                of: property,
                filters: list == .tenants ? [Self.everything, own] : nil
            )
            var answer = SnapshotPart()
            while let page = try await reader.page() {
                let part = try decoder.decode(
                    SnapshotPage(
                        kind: list == .tenants ? .residents : .units,
                        bytes: page.body,
                        hash: page.evidence.fingerprint
                    )
                )
                answer.residencies += part.residencies.filter { asked.contains($0.key.resident) }
                answer.unreadable += part.unreadable.filter { asked.contains($0) }
                answer.problems += part.problems
            }
            guard list == .tenants else { continue }
            // A list that cannot say everything cannot say that somebody is gone.
            if !answer.problems.allSatisfy({ $0.effect != .incomplete }) {
                let known = Set(answer.residencies.map(\.key.resident) + answer.unreadable)
                answer.unreadable += asked.filter { !known.contains($0) }
            }
            answer.unreadable += residents.dropFirst(Self.residentsAskedAtMost)
            return answer
        }
        return nil
    }

    private var interface: AppFolioInterface { settings.interface }

    /// What a list is called in a check.
    private func operation(_ list: AppFolioList) -> String {
        "\(interface == .stack ? "GET" : "POST") \(interface.path(of: list))"
    }

    /// The filter that Stack demands of every list, passed by everything.
    private static let everything = (
        name: "filters[LastUpdatedAtFrom]", value: "1970-01-01T00:00:00Z"
    )

    /// A list, read page by page where the server says the next one is.
    ///
    /// `filters` are Stack's; those of the property where there are none.
    private func list(
        _ list: AppFolioList,
        of property: PMSPropertyID? = nil,
        filters: [(name: String, value: String)]? = nil
    ) -> ListReader {
        let settings = settings
        let interface = interface
        let own = property.map { [("filters[PropertyId]", $0.text)] } ?? []
        let filters = filters ?? [Self.everything] + own
        let attempting = list.rawValue + (property.map { " of property \($0)" } ?? "")
        return ListReader(
            client: client,
            service: interface.rawValue,
            attempting: attempting,
            pageSize: Self.pageSize
        ) { place throws(ConnectorError) in
            var request = HTTPExchangeRequest(
                method: "GET",
                url: settings.endpoint.text,
                headers: [(name: "Accept", value: "application/json")] + settings.headers
            )
            switch (place.next, interface) {
            case (let next?, _):
                request.url += next
            case (nil, .stack):
                let paging = [("page[number]", "1"), ("page[size]", "\(Self.pageSize)")]
                request.url += "\(interface.path(of: list))?\(QueryText.encode(filters + paging))"
            case (nil, .reports):
                request.method = "POST"
                request.url += interface.path(of: list)
                request.headers.append((name: "Content-Type", value: "application/json"))
                request.body = try AppFolioReportFilters(of: list, in: property)
                    .encoded(attempting: attempting)
            }
            return request
        } judge: { response, attempt throws(ConnectorError) in
            let outline = try JSONOutline.judge(
                response,
                list: interface.records,
                members: [interface.nextPage],
                attempting: attempt,
                hiding: settings.secrets
            )
            let named = outline.members["\(interface.nextPage)"] ?? ""
            let next = interface.next(named, of: list)
            // The credentials go to this path: it must be one of the interface.
            guard named.isEmpty == (next == nil) else {
                throw ConnectorError(
                    .malformed,
                    attempting: attempt,
                    "\(interface.nextPage) is none of \(interface.path(of: list))"
                )
            }
            return ListPage(
                body: response.body,
                evidence: PageEvidence(outline, namesNext: next != nil),
                next: next
            )
        }
    }
}
