namespace SafeHarbor.Contracts;

/// <summary>What a class lists as text constants, in the order in which they stand there.</summary>
internal static class Constants
{
    public static IReadOnlyList<string> Of(Type list) => [.. list.GetFields().Where(f => f.IsLiteral).OrderBy(f => f.MetadataToken).Select(f => (string)f.GetRawConstantValue()!)];
}
