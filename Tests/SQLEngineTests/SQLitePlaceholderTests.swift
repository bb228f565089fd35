import Testing

@testable import SQLiteEngine

@Suite struct SQLitePlaceholderTests {
    @Test(
        "A placeholder is rewritten where it is one",
        arguments: [
            ("select $1", "select ?1"),
            ("select $2, $1, $10", "select ?2, ?1, ?10"),
            ("($1,$2)", "(?1,?2)"),
            ("$1", "?1"),
            ("a=$1||$2", "a=?1||?2"),
            ("select '$1', $1", "select '$1', ?1"),
            ("select 'it''s $1', $2", "select 'it''s $1', ?2"),
            ("select \"a$1\" from \"$2\" where x = $3", "select \"a$1\" from \"$2\" where x = ?3"),
            ("select 1 -- $1\n, $2", "select 1 -- $1\n, ?2"),
            ("select 1 -- $1", "select 1 -- $1"),
            ("select /* $1 ' */ $2", "select /* $1 ' */ ?2"),
            ("select /* $1", "select /* $1"),
            ("select '$1", "select '$1"),
            ("select a$1 from t", "select a$1 from t"),
            ("select 5 - $1 / $2", "select 5 - ?1 / ?2"),
            ("select '-- é', $1", "select '-- é', ?1"),
            ("select $", "select $"),
            ("select $name", "select $name"),
            ("", ""),
        ]
    )
    func rewriting(_ source: String, _ expected: String) {
        #expect(SQLitePlaceholders.rewrite(source) == expected)
        let placeholders = SQLitePlaceholders()
        #expect(placeholders.rewritten(source) == expected)
        #expect(placeholders.rewritten(source) == expected)
    }
}
