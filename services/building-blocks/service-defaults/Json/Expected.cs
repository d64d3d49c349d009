namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>What a value of a .NET type looks like, for people who do not know .NET.</summary>
internal static class Expected
{
    /// <summary>A sentence for the type's name as the framework writes it, with or without namespace.</summary>
    public static string Form(string type)
    {
        var name = type;
        if (name.StartsWith("System.Nullable`1[", StringComparison.Ordinal))
            name = name["System.Nullable`1[".Length..].TrimEnd(']');
        return name.Split('.')[^1].TrimEnd('?') switch
        {
            "String" or "string" => "Give a JSON string, in quotation marks.",
            "Int32" or "Int64" or "Int16" or "Byte" or "int" or "long" or "short" or "byte" => "Give a whole number, without quotation marks.",
            "Double" or "Single" or "Decimal" or "double" or "float" or "decimal" => "Give a number, without quotation marks.",
            "Boolean" or "bool" => "Give true or false, without quotation marks.",
            "Guid" => "Give a UUID such as 018f6f2e-0000-7000-8000-000000000000.",
            "DateOnly" => "Give a date such as 2026-11-20.",
            "DateTimeOffset" => InstantConverter.Form,
            _ when name.EndsWith("[]", StringComparison.Ordinal) || name.Contains("List`1", StringComparison.Ordinal)
                || name.Contains("Collection`1", StringComparison.Ordinal) || name.Contains("Enumerable`1", StringComparison.Ordinal) => "Give a JSON array.",
            _ => "Compare it with /openapi/v1.json.",
        };
    }
}
