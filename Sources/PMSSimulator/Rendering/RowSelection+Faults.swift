import NIOCore

/// What one page of a list is, under a fault or none.
struct ListSlice {
    let pieces: [ByteBuffer]
    /// The length of the list as it is stated.
    let total: Int
    /// How many rows the list has for paging.
    let count: Int

    /// The rows of a page; `range` is asked for the number of rows there are.
    init(_ selection: RowSelection, fault: Fault?, range: (Int) -> Range<Int>) {
        count = fault == .emptyList ? 0 : selection.count
        total = fault == .wrongTotal ? count + max(1, count / 10) : count
        pieces = selection.pieces(range(count), fault: fault)
    }
}
