package import LintelModel

/// How large a synthetic portfolio is, and which one of that size it is.
package struct PortfolioShape: Sendable, Equatable {
    /// The most of one kind: beyond it the ids of different kinds of things would overlap.
    package static let largestCount = 10_000_000

    package let properties: Int
    /// Units over all properties.
    package let units: Int
    /// People to bring in over all properties.
    package let residents: Int
    package let seed: UInt64
    /// The day that leases, notices and future move-ins are laid around.
    package let today: CivilDate
    /// The share of residents, 0…100, that differs from the portfolio without churn.
    package let churnPercent: Double
    /// What it holds beside what every format can say.
    package let extras: Set<PortfolioExtra>

    /// The shape of these totals.
    ///
    /// - Throws: ``PortfolioShapeError`` where no portfolio can have that shape.
    package init(
        properties: Int,
        units: Int,
        residents: Int,
        seed: UInt64,
        today: CivilDate,
        churnPercent: Double = 0,
        extras: Set<PortfolioExtra> = []
    ) throws(PortfolioShapeError) {
        guard (1...Self.largestCount).contains(properties) else {
            throw .outOfRange("properties", found: "\(properties)", expected: "1…10000000")
        }
        guard (properties...Self.largestCount).contains(units) else {
            throw .outOfRange(
                "units",
                found: "\(units)",
                expected: "\(properties)…10000000, at least one in every property"
            )
        }
        guard (0...Self.largestCount).contains(residents) else {
            throw .outOfRange("residents", found: "\(residents)", expected: "0…10000000")
        }
        guard churnPercent >= 0, churnPercent <= 100 else {
            throw .outOfRange("churn", found: "\(churnPercent)", expected: "0…100 percent")
        }
        self.properties = properties
        self.units = units
        self.residents = residents
        self.seed = seed
        self.today = today
        self.churnPercent = churnPercent
        self.extras = extras
    }

    /// The same portfolio with another churn.
    ///
    /// - Throws: ``PortfolioShapeError`` for a share outside 0…100.
    package func churned(percent: Double) throws(PortfolioShapeError) -> PortfolioShape {
        try PortfolioShape(
            properties: properties,
            units: units,
            residents: residents,
            seed: seed,
            today: today,
            churnPercent: percent,
            extras: extras
        )
    }

    /// Which of the portfolio's units, counted over all properties, stand in that property.
    func units(ofProperty index: Int) -> Range<Int> { share(of: units, at: index) }

    /// Which of the portfolio's residents, counted over all properties, live in that property.
    func residents(ofProperty index: Int) -> Range<Int> { share(of: residents, at: index) }

    private func share(of total: Int, at index: Int) -> Range<Int> {
        Self.share(of: total, among: properties, at: index)
    }

    /// Even shares; what remains goes to the first ones, one each.
    static func share(of total: Int, among parts: Int, at index: Int) -> Range<Int> {
        let (even, remainder) = total.quotientAndRemainder(dividingBy: parts)
        let start = index * even + min(index, remainder)
        return start..<start + even + (index < remainder ? 1 : 0)
    }
}
