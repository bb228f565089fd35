import LintelModel
import PMSSimulator

/// A portfolio of the size that a test needs, around a fixed day.
func samplePortfolio(
    properties: Int = 3,
    units: Int = 90,
    residents: Int = 181,
    seed: UInt64 = 7,
    churnPercent: Double = 0
) throws -> SyntheticPortfolio {
    SyntheticPortfolio(
        shape: try PortfolioShape(
            properties: properties,
            units: units,
            residents: residents,
            seed: seed,
            today: CivilDate(daysSince1970: 20_000),
            churnPercent: churnPercent
        )
    )
}
