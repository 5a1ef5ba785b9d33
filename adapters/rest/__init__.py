"""Driver for REST APIs with JSON, as TOTVS Protheus and Oracle Fusion offer them: records come out as raw JSON."""
