namespace SafeHarbor.Ledger.Storage;

/// <summary>The SQL of the ledger's tables, for a migration of each service.</summary>
public static class LedgerSchema
{
    /// <summary>Creates <c>ledger</c>, <c>ledger_unlinked</c>, <c>ledger_links</c> and <c>ledger_checkpoints</c>.</summary>
    public static string Sql
    {
        get
        {
            var assembly = typeof(LedgerSchema).Assembly;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith("ledger.sql", StringComparison.Ordinal)))!);
            return reader.ReadToEnd();
        }
    }
}
