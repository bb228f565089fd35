import Operations

/// Why a form was not taken: sentences, each with the field it is about, where it is about one.
///
/// The model of a page with a form has it as `errors`. The partial `errors` sums them up at the top, each leading
/// to its field; beside the field whose `id` is `name` a template says
///
///     <input id="name" aria-describedby="name-error"{{#errors.at.name}} aria-invalid="true"{{/errors.at.name}}>
///     <small class="error" id="name-error">{{errors.at.name}}</small>
struct FormErrors: Error, Sendable {
    struct Entry: Sendable {
        let text: String
        /// The `id` of the field; nil where it is about the form as a whole.
        let field: String?
    }

    private(set) var isRefused = false
    /// What became of it all, above the sentences; nil where one sentence says it.
    var heading: String?
    private(set) var entries: [Entry] = []
    /// What is said beside each field, by its `id`.
    private(set) var at: [String: String] = [:]

    /// Nothing is wrong.
    static let none = FormErrors()

    private init() {}

    init(_ text: String, at field: String? = nil) {
        add(text, at: field)
    }

    /// What is to be said of an error; nil for one that no form is the cause of.
    init?(_ error: any Error) {
        switch error {
        case let errors as FormErrors: self = errors
        case let error as OperationError: self.init(error.sentence)
        default: return nil
        }
    }

    /// What is said beside each field, in the order in which they stand on the page; empty where all can be so.
    init(_ faults: [(field: String, text: String)]) {
        for fault in faults { add(fault.text, at: fault.field) }
    }

    mutating func add(_ text: String, at field: String? = nil) {
        isRefused = true
        entries.append(Entry(text: text, field: field))
        if let field { at[field] = text }
    }

    /// Does something whose refusal is about one field.
    ///
    /// - Parameters:
    ///   - field: the `id` of the field.
    ///   - body: what may be refused.
    /// - Returns: what it returns.
    /// - Throws: ``FormErrors`` in place of an ``OperationError``; other errors as they are.
    static func about<Result>(
        _ field: String,
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as OperationError {
            throw FormErrors(error.sentence, at: field)
        }
    }
}

extension OperationError {
    /// The error as a sentence among others: with a capital letter and a full stop.
    var sentence: String {
        let text = description.sentenceCased
        return text.hasSuffix(".") || text.hasSuffix("…") || text.hasSuffix("?") ? text : text + "."
    }
}
