package import ConnectorKit
package import LintelModel

/// A connector under the conformance suite: how it is made, recorded exchanges, and what they say.
///
/// The exchanges are synthetic. They hold everything a real answer may hold and nobody asked for, so that
/// the suite can see it dropped.
package struct ConnectorSubject: Sendable {
    package var makeConnector:
        @Sendable (ConnectorEnvironment) throws(ConnectorError) -> any Connector
    package var property: PMSPropertyID
    /// From when on changes alone are asked for; nil where ``session`` and the others are whole fetches.
    package var changesSince: Timestamp?
    /// A whole fetch of ``property``, in order, over several pages.
    package var session: [ScriptedExchange]
    /// What that fetch states, ordered by id and key.
    package var units: [PMSUnit]
    package var residencies: [PMSResidency]
    /// Whether the vendor says how long its lists are, or where they end.
    package var statesLength = true
    /// The exchanges of ``session`` whose answer may be empty: an empty list, as this vendor says it.
    package var emptyBodies: Set<Int> = []
    /// Fetches whose list ends before the total that the vendor states.
    package var shortLists: [[ScriptedExchange]] = []
    /// A fetch in which records come twice.
    package var duplicates: [ScriptedExchange] = []
    /// A fetch in which one status is a word of nobody's vocabulary, and that word.
    package var unknownStatus: (session: [ScriptedExchange], word: String)?
    /// A fetch whose list of residents is empty in the vendor's own way.
    package var emptyList: [ScriptedExchange] = []
    /// Answers that refuse under HTTP 200, each with words that must come through.
    package var inBandErrors: [(answer: ScriptedExchange.Answer, words: String)] = []
    /// An answer that refuses for a limit and names a time to wait, and that time in seconds.
    package var throttled: (answer: ScriptedExchange.Answer, seconds: Int)
    /// Whether a request only reads.
    package var isRead: @Sendable (HTTPExchangeRequest) -> Bool
    /// Facts in the exchanges that nobody asked for and that must not come out: birth dates, tax ids, rent.
    package var unwanted: [String]
    /// Residents' facts and credentials that no error may show.
    package var confidential: [String]

    package init(
        makeConnector:
            @escaping @Sendable (ConnectorEnvironment) throws(ConnectorError) -> any Connector,
        property: PMSPropertyID,
        session: [ScriptedExchange],
        units: [PMSUnit],
        residencies: [PMSResidency],
        throttled: (answer: ScriptedExchange.Answer, seconds: Int),
        isRead: @escaping @Sendable (HTTPExchangeRequest) -> Bool,
        unwanted: [String],
        confidential: [String]
    ) {
        self.makeConnector = makeConnector
        self.property = property
        self.session = session
        self.units = units
        self.residencies = residencies
        self.throttled = throttled
        self.isRead = isRead
        self.unwanted = unwanted
        self.confidential = confidential
    }
}
