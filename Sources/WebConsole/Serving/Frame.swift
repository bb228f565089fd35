/// What stands around every page.
struct Frame: Sendable {
    struct Link: Sendable {
        let label: String
        let href: String
        var isCurrent = false
        var isSub = false
        var detail = ""
    }

    let title: String
    let assets: String
    let csrf: String
    let who: String
    let role: String
    let property: Link?
    let properties: [Link]
    let hasMoreProperties: Bool
    /// Whether there is anywhere to go: in the property, or in the portfolio.
    let hasPlaces: Bool
    let hasNavigation: Bool
    let navigation: [Link]
    let hasPortfolio: Bool
    let portfolio: [Link]
    let alerts: Alerts?
    let find: String?
    let sought: String
    let notice: NoticeModel?
    /// Whether somebody is signed in: else the page is a card by itself.
    let isSignedIn: Bool

    struct Alerts: Sendable {
        let count: String
        let noun: String
        let href: String
        let isQuiet: Bool
    }

    struct NoticeModel: Sendable {
        let kind: String
        let text: String
        let role: String
    }
}

/// What a template is given: the frame, and the page's own model.
struct FramedPage {
    let frame: Frame
    let page: any Sendable
    /// For the forms of the page, wherever they stand.
    let csrf: String
}
